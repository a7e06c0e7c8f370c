/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue as a whole: what recurs, by whom, since when, and the short list. Reads
 * the findings of all tracks; fills hs_audit.recurring, shortlist, release_rows.
 * Serial, seeded, deterministic.
 */
#ifndef HS_CATALOGUE_CATALOGUE_H
#define HS_CATALOGUE_CATALOGUE_H

#include "model/audit.h"

void hs_catalogue_analyse(struct hs_audit *audit);

#endif
