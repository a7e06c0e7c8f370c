/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One number over all that a report follows from: the program, the job as it was read, the
 * settings, and the music by the hashes of its bytes. Where work is unfinished or in
 * quarantine, that enters the number of the run as well: no later night can mistake it for
 * one in which nothing has changed, but each tries again, and the report stands as long as
 * what is unfinished is the same.
 */
#ifndef HS_RUN_FINGERPRINT_H
#define HS_RUN_FINGERPRINT_H

#include "model/job.h"
#include "run/gather.h"

#include <stdint.h>

/* The bytes of the running program stand for every table and formula in it. */
uint64_t hs_fingerprint_program(void);
/* The references' hashes and the profile: what verdicts are held against. */
uint64_t hs_fingerprint_yardstick(const struct hs_job *job, const struct hs_entries *e);

struct hs_fingerprint_of {
    uint64_t program;
    const struct hs_job *job;
    const char *clips; /* how they are encoded; NULL: none */
    bool single_file, zip, anonymous, all_clips;
    unsigned survival; /* asked for beside the job */
    const struct hs_gather *gather;
};
void hs_fingerprint_take(const struct hs_fingerprint_of *of, uint64_t out[2]);

#endif
