/* SPDX-License-Identifier: Apache-2.0 */
/* What the figures of one row of evidence say, once its q are known. */
#ifndef HS_CATALOGUE_EVIDENCE_VERDICT_H
#define HS_CATALOGUE_EVIDENCE_VERDICT_H

#include "model/audit.h"

/* The two questions, at the share of false discoveries that is allowed. */
bool hs_evidence_more_than_elsewhere(const struct hs_evidence_row *r);
bool hs_evidence_more_than_artists_differ(const struct hs_evidence_row *r);

/* The share of tracks, 0 to 1, from which faults weigh as a mistake. */
double hs_evidence_weighty_share(double base_rate);
bool hs_evidence_is_weighty(const struct hs_evidence_row *r);

enum hs_verdict hs_evidence_verdict(const struct hs_evidence_row *r);

/* Whether the row rests on a proxy alone: the rule `id` is an indication, and neither stems nor
 * moves of mastering show it. Such a row is called a leaning even where it would recur. */
bool hs_evidence_is_stand_in(const char *id, const struct hs_evidence_row *x);

#endif
