/* SPDX-License-Identifier: Apache-2.0 */
/* What is under way counts at the pace of what is done, and never for more than the task is. Work
 * that counts no audio says nothing of it. */
#include "check.h"
#include "pool/progress.h"

#include <string.h>

/* What is drawn in a log with so many seconds of audio done. */
static void drawn(double audio_s, char *line, size_t size)
{
    struct hs_log log = {.level = HS_LOG_NORMAL, .out = tmpfile()};
    struct hs_progress p;
    hs_progress_start(&p, &log, "fitting");
    p.n = 2;
    p.audio_s = audio_s;
    p.start.tv_sec -= 60;
    p.last.tv_sec -= 60;
    hs_progress_draw(&p);
    rewind(log.out);
    CHECK(fgets(line, (int)size, log.out) != NULL);
    fclose(log.out);
}

int main(void)
{
    struct hs_progress p = {.total_weight = 40};
    CHECK(hs_progress_under_way(&p, 10, 5) == 0); /* nothing is done: no pace */
    hs_progress_done(&p, 10, 4);
    CHECK(p.n_done == 1);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 2), 5, 1e-12);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 4), 10, 1e-12);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 400), 10, 1e-12);
    hs_progress_done(&p, 10, 12); /* slower: 20 in 16 s of the worker */
    CHECK_NEAR(hs_progress_under_way(&p, 10, 4), 5, 1e-12);
    char line[128];
    drawn(3600, line, sizeof line);
    CHECK(!strncmp(line, "fitting 0 of 2, 1.00 h of audio, ", 33));
    drawn(0, line, sizeof line);
    CHECK(!strcmp(line, "fitting 0 of 2\n"));
    return check_done();
}
