/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which tracks are worth doing again.
 */
#ifndef HS_CATALOGUE_SHORTLIST_H
#define HS_CATALOGUE_SHORTLIST_H

#include "model/audit.h"

/* The short list, once recurrence is known. */
void hs_shortlist_make(struct hs_audit *audit);

#endif
