/* SPDX-License-Identifier: Apache-2.0 */
/* A job file of any bytes is either loaded or refused with messages. */
#include "job/job.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const rules[] = {"bright", "dull", "wide", "wet", "kick_low"};
    struct hs_job *job = NULL;
    struct hs_buf messages = {0};
    struct hs_error err = {0};
    if (memmem(data, n, "**", 2))
        return 0; /* a search through this machine's disks would not test the reading */
    enum hs_status status =
        hs_job_parse("nowhere/fuzz.yaml", data, n, rules, 5, &job, &messages, &err);
    if ((status == HS_OK) != (job != NULL) || (status != HS_OK && !messages.len))
        abort(); /* refused without a word, or loaded and refused */
    hs_job_free(job);
    hs_buf_free(&messages);
    return 0;
}
