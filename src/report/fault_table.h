/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All faults of the catalogue, recurring ones first.
 */
#ifndef HS_REPORT_FAULT_TABLE_H
#define HS_REPORT_FAULT_TABLE_H

#include "report/pages.h"

/* At most `most` rows; says how many there are. */
void hs_html_fault_table(struct hs_pages *p, struct hs_html *h, const char *id, size_t most);
/* One sentence with the rules that were judged and found nowhere; nothing where there are none. */
void hs_html_unfound(struct hs_pages *p, struct hs_html *h);

#endif
