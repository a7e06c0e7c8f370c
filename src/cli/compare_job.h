/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `compare` works on: a job of one track from two files, or of many from two folders. The
 * files are decoded and compared in the worker; nothing is stored. Zero it, set `log`, `jobs`
 * and `stop` of `gather`, fill it by one of the first two, run it, free it.
 */
#ifndef HS_CLI_COMPARE_JOB_H
#define HS_CLI_COMPARE_JOB_H

#include "init/archive.h"
#include "run/gather.h"
#include "run/results.h"

struct hs_compare_job {
    struct hs_audit audit;
    struct hs_job job;
    struct hs_release release;
    struct hs_track *tracks; /* in audit.arena, as their sources */
    struct hs_archive archive;
    struct hs_gather gather;
    struct hs_results results;
};

void hs_compare_files(struct hs_compare_job *j, const char *mix, const char *master);
/* The audio of a folder as stems of that one pair, named by what they are. */
enum hs_status hs_compare_stems(struct hs_compare_job *j, const char *folder, struct hs_error *err);
/* Pairs the audio of both folders as `init` does: the first holds the mixes. HS_E_FAILED where
 * there is none. */
enum hs_status hs_compare_folders(struct hs_compare_job *j, const char *mixes, const char *masters,
                                  struct hs_error *err);
/* Measures, compares and judges all tracks. */
enum hs_status hs_compare_run(struct hs_compare_job *j, struct hs_error *err);
void hs_compare_free(struct hs_compare_job *j);

#endif
