/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judgement: measures and pairs of the whole audit in, findings with origin, severity,
 * expected range, times and correction out. Serial and deterministic; pure but for the
 * audit's arena.
 */
#ifndef HS_JUDGE_JUDGE_H
#define HS_JUDGE_JUDGE_H

#include "core/error.h"
#include "judge/rule.h"
#include "model/audit.h"

/* Fills findings, judgements, not_judged and ear notes (`ticks`) of every track, and the expected
 * spectrum. Files, pairs and references must be in place. */
void hs_judge_audit(struct hs_audit *audit);
/* One pair without a job: for `compare`. Judged against the built-in distribution;
 * audit->job may be NULL, and result->track too. */
void hs_judge_pair(struct hs_audit *audit, struct hs_track_result *result);
/* One more result by the reference models of an audit, of which it is no part: what is previewed.
 * result->track must be of no release. The models keep what they read of it. */
struct hs_reference_model;
void hs_judge_beside(const struct hs_audit *audit, struct hs_reference_model *models,
                     struct hs_track_result *result, struct hs_arena *arena);
/* Of the references on which a rule was judged, those at or above each severity. */
struct hs_reference_count {
    int judged, at_least[HS_SEVERE + 1]; /* by severity; that of HS_NO_FAULT stays 0 */
};
/* Leave-one-out firing of each rule on the references: for base rates. By rule index,
 * hs_rule_count() of them. */
void hs_judge_references(const struct hs_audit *audit, struct hs_reference_count *counts);
/* How many artists the references are of, as far as their tags say; of those without a tag four are
 * taken for one. */
double hs_reference_artists(const struct hs_audit *audit);

#endif
