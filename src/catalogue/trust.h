/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often an ear hears what is measured. Counted are blind answers (given before the verdict
 * was seen) to findings of the audit; the last one of a listener to a finding. An inferred rule
 * that the ear which counts has never confirmed in HS_TRUST_TRIALS trials is doubted: its
 * findings lose a severity in list and plan, never in recurrence; measured ones never.
 */
#ifndef HS_CATALOGUE_TRUST_H
#define HS_CATALOGUE_TRUST_H

#include "model/audit.h"

enum { HS_TRUST_TRIALS = 20 };

/* Fills audit->trust and hs_finding.doubted. */
void hs_trust_make(struct hs_audit *audit);
/* The severity that counts in the short list. */
enum hs_severity hs_trust_severity(const struct hs_finding *f);

#endif
