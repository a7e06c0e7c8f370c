/* SPDX-License-Identifier: Apache-2.0 */
/* What is listed of each release, and whether corrected tracks still fit their neighbours. */
#ifndef HS_CATALOGUE_RELEASES_H
#define HS_CATALOGUE_RELEASES_H

#include "model/audit.h"

/* Fills release_rows, once the short list is made. */
void hs_releases_make(struct hs_audit *audit);

#endif
