/* SPDX-License-Identifier: Apache-2.0 */
/* One master on several releases is worked on once: one row of the short list. */
#ifndef HS_CATALOGUE_SAME_FILE_H
#define HS_CATALOGUE_SAME_FILE_H

#include "model/audit.h"

/* `rows` in the order of the list. Of listed rows whose masters are the same bytes the first stays
 * and says where else the file is; the others are left alone and say where the work is done. What
 * has an update or a plan of its own keeps its row. */
void hs_same_file_merge(struct hs_audit *audit, struct hs_shortlist_row *rows, size_t n);

#endif
