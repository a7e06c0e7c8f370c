/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The user's own question, where references are given: how these masters lie against them.
 */
#ifndef HS_REPORT_AGAINST_REFERENCES_H
#define HS_REPORT_AGAINST_REFERENCES_H

#include "report/pages.h"

/* One sentence with up to three rules, those that are shown first, by how far the median lies
 * towards the fault; nothing, and false, without references. */
bool hs_html_against_references(const struct hs_pages *p, struct hs_html *h);

#endif
