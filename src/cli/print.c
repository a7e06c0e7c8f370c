/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output of a command: a full disk or a closed pipe is reported and makes the command
 * fail. */
#include "cli/print.h"

#include "core/print.h"

bool hs_cli_print(struct hs_buf *out, const struct hs_log *log)
{
    struct hs_error err = {0};
    bool done = hs_print(out->data, out->len, &err) == HS_OK;
    if (!done)
        hs_log_error(log, "%s", err.msg);
    hs_buf_free(out);
    return done;
}
