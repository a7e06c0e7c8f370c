/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One number over all that a report follows from: the program, the job as it was read, the
 * settings, and the music by the hashes of its bytes. Work that is unfinished or in quarantine
 * enters the number as well: a later run that completes it has another fingerprint and makes a new
 * report; one that leaves the same work unfinished keeps the report.
 */
#ifndef HS_RUN_FINGERPRINT_H
#define HS_RUN_FINGERPRINT_H

#include "model/job.h"
#include "run/gather.h"

#include <stdint.h>

/* The bytes of the running program stand for every table and formula in it. */
uint64_t hs_fingerprint_program(void);
/* The hashes of the references and the name of the profile: what the reference models follow from.
 */
uint64_t hs_fingerprint_references(const struct hs_job *job, const struct hs_entries *e);

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
