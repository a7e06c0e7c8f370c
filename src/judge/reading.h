/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules share in reading measures. Every one of these leaves `out` as "not
 * judged" with the reason of the measure that is absent, and returns false. */
#ifndef HS_JUDGE_READING_H
#define HS_JUDGE_READING_H

#include "judge/rule.h"

/* A number, flag or array element ("band_correlation[0]"). */
bool hs_need(const struct hs_case *c, const char *key, double *x, struct hs_reading *out);
/* Mean power of the third octaves first .. last of "bands_db", in dB. */
bool hs_need_zone(const struct hs_case *c, size_t first, size_t last, double *x,
                  struct hs_reading *out);
/* Judged, with this value. */
void hs_reading_value(struct hs_reading *out, double value);
/* Not judged, for this reason. */
void hs_reading_refuse(struct hs_reading *out, const char *why);

/* Most rules read one number: the first key of `needs`. */
void hs_read_first_need(const struct hs_rule *rule, const struct hs_case *c,
                        struct hs_reading *out);

/* What the stems of a role show of the file that is judged: NULL where the job has none of it.
 * Where it has, but they could not be fitted, *why says so (NULL otherwise). */
const struct hs_instrument *hs_case_instrument(const struct hs_case *c, enum hs_stem_role role,
                                               const char **why);
/* Whether the stems that were given explain the file that is judged, and none of them is of this
 * role or may hold it: then it is not there, whatever beats. */
bool hs_case_stems_hold_none(const struct hs_case *c, enum hs_stem_role role);
/* Measured where the stem was given and the bound of its level is small, else inferred. */
enum hs_tier hs_instrument_tier(const struct hs_instrument *in);
/* The measures of the voice's own stem, or NULL: also where it does not belong to the file. */
const struct hs_values *hs_voice_stem(const struct hs_case *c);

/* Mono in effect: a side of -60 dB of the mid or less, as two converters or two dithers leave of
 * one channel. One limit for `dual_mono` and for all that judges the stereo picture. */
extern const double hs_mono_side_db;
bool hs_values_mono(const struct hs_values *v);

/* What is known of the pair where mix and master could be lined up, else NULL. */
const struct hs_values *hs_case_pair(const struct hs_case *c);

/* What the master is held against, in sentences: "the mix", or as the case says. */
const char *hs_case_other(const struct hs_case *c);

/* The value less what the music itself explains. */
double hs_reading_residual(const struct hs_reading *r);

/* Year in which the file was made, 0 unknown. */
int hs_case_year(const struct hs_case *c);

#endif
