/* SPDX-License-Identifier: Apache-2.0 */
#include "run/frame.h"
#include "run/options.h"

#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "worker"))
        return hs_worker_main(atoi(argv[2]));
    struct hs_log log = {stderr, HS_LOG_NORMAL, false, false};
    struct hs_options o = {.command = argv[1], .jobs = 2, .json = true, .no_clips = true};
    if (argc < 3)
        return 2;
    o.operands = (const char *const *)argv + 2;
    o.n_operands = (size_t)argc - 2;
    return !strcmp(o.command, "measure") ? hs_cmd_measure(&o, &log) : 2;
}
