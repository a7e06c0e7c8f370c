/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of pages that stand in files of their own. Internal to report/. */
#ifndef HS_REPORT_PAGE_PARTS_H
#define HS_REPORT_PAGE_PARTS_H

#include "report/pages.h"

/* A finding as a card; `letter` as in the chart over time, 0 for none. */
void hs_put_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                    const struct hs_finding *f, char letter);
/* Both sounds of a clip, switchable. */
void hs_put_player(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip);
/* One cell of a tick list. */
void hs_put_answer(struct hs_html *h, enum hs_answer tick);
/* The engineer's list against what was measured; nothing where there is none. */
void hs_put_ear_notes(struct hs_html *h, const struct hs_track_result *t);
/* What mastering was given, what it changed and what came of it, in plain words. */
void hs_put_talk(struct hs_html *h, const struct hs_track_result *t);
void hs_put_trend(struct hs_html *h, const struct hs_trend *t);
/* The engineer's ear against the machine over the tracks that have a list; nothing
 * where there is none. `what`: "master" or "mix". */
void hs_put_agreement(struct hs_html *h, const struct hs_agreement *a, const char *what);
/* Of a lesson: passages to listen to, and what was measured, closed until asked for. */
void hs_put_exercise(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                     const char *id);
/* The three sentences that matter, and what could not be judged. */
void hs_put_sentences(struct hs_pages *p, struct hs_html *h);
/* <tr><th>name</th><td>text</td></tr>; nothing where text is NULL. */
void hs_put_fact(struct hs_html *h, const char *name, const char *text);
/* Master and mix side by side, by the tables of measures: those of `keys`, or all. */
void hs_put_measures(struct hs_html *h, const struct hs_track_result *t, const char *const *keys,
                     size_t n_keys);
void hs_put_files(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);
void hs_put_row_cells(struct hs_html *h, const struct hs_shortlist_row *row);

#endif
