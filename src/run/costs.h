/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What gathering costs, stage by stage: the one model behind the time that is left and the
 * weights of shards. The unit is the time that measuring the same seconds of audio takes
 * (docs/performance.md says how long that is). No function fails.
 */
#ifndef HS_RUN_COSTS_H
#define HS_RUN_COSTS_H

#include "run/entries.h"

enum hs_stage {
    HS_MEASURING,
    HS_COMPARING,
    HS_FITTING, /* stems */
    HS_MASTERING,
    HS_SEPARATING,
    HS_N_STAGES,
    HS_CLIPPING = HS_N_STAGES, /* clips of the report, after gathering */
    HS_N_COSTS
};

/* Of every file, however many tracks use it. `survival`: destinations asked for. */
double hs_cost_of_measuring(unsigned survival);
/* Calls `add` for every file that a later stage works on because of the track: `times` its
 * length of measuring. */
void hs_costs_of_track(const struct hs_entries *e, const struct hs_job *job,
                       const struct hs_track *t,
                       void (*add)(void *ctx, enum hs_stage stage, const struct hs_source *file,
                                   double times),
                       void *ctx);
/* Whether any track of a job is taken apart, and so its references, too. */
bool hs_costs_separates(const struct hs_job *job);
/* The same for references that a later stage works on. */
void hs_costs_of_references(const struct hs_job *job,
                            void (*add)(void *ctx, enum hs_stage stage,
                                        const struct hs_source *file, double times),
                            void *ctx);
/* Of a whole job by stage, were all its files of one length and nothing known. */
void hs_costs_of_job(const struct hs_entries *e, const struct hs_job *job, unsigned survival,
                     double cost[HS_N_COSTS]);
/* Takes couples that are measured and compared at once out of both stages; returned is what
 * follows them, in times of what they cost. */
double hs_costs_take_couples(double cost[HS_N_COSTS], size_t n, unsigned survival);
/* The clips of a report, roughly; `all`: also of songs that are not listed. */
double hs_costs_of_clips(const struct hs_job *job, unsigned survival, bool all);
/* What follows a stage, in times of it. */
double hs_costs_later(const double cost[HS_N_COSTS], enum hs_stage stage);

#endif
