/* SPDX-License-Identifier: Apache-2.0 */
/* The short list: which tracks are worth doing again, by which action, in which order. */
#ifndef HS_CATALOGUE_SHORTLIST_H
#define HS_CATALOGUE_SHORTLIST_H

#include "model/audit.h"

/* Fills shortlist, the plans of its rows and release_rows, in the audit's arena. Findings and trust
 * must be in place. */
void hs_shortlist_make(struct hs_audit *audit);

#endif
