/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small pieces of HTML that several pages use: severity, evidence, links, ranges, passages,
 * corrections, files. Each appends to a struct hs_html; no function fails.
 */
#ifndef HS_REPORT_PIECES_H
#define HS_REPORT_PIECES_H

#include "report/pages.h"

void hs_html_severity(struct hs_html *h, enum hs_severity s);     /* sign and word */
void hs_html_verdict(struct hs_html *h, enum hs_verdict verdict); /* with its colour */
/* sign and word */
void hs_html_tier(struct hs_html *h, enum hs_tier tier);
void hs_html_track_link(struct hs_html *h, const struct hs_track_result *t);
void hs_html_rule_link(struct hs_html *h, const char *rule);
void hs_html_release_link(struct hs_pages *p, struct hs_html *h, size_t release);
void hs_html_range(struct hs_html *h, const double range[2], int digits, const char *unit);
void hs_html_origins(struct hs_html *h, const struct hs_rule_count *r);
void hs_html_passages(struct hs_html *h, const struct hs_passage *s, size_t n, size_t most);
void hs_html_correction(struct hs_html *h, const struct hs_finding *f);
/* " Expected: 4.1 dB becomes 2.8 dB (enough) to 1.0 dB (the most), +/-0.5 dB.": what the step of
 * the plan says, which counts the other steps in, else what the correction does alone; nothing
 * where that is not known. `step` NULL: the finding is not planned. */
void hs_html_outcome(struct hs_html *h, const struct hs_finding *f,
                     const struct hs_plan_step *step);
/* Prose that begins with a capital. */
void hs_html_sentence(struct hs_html *h, const char *words);
void hs_html_digest(struct hs_html *h, const char *text, size_t most_lines);
/* Which files master and mix are, and why one was not read. */
void hs_html_files(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);
/* "priority 7.3 = severity ... x confidence": the factors of a listed track. */
void hs_html_row_cells(struct hs_html *h, const struct hs_shortlist_row *row);

#endif
