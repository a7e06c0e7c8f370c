/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of a rule over the catalogue, in words.
 */
#ifndef HS_REPORT_RECURRENCE_H
#define HS_REPORT_RECURRENCE_H

#include "report/pages.h"

/* "13 to 58 %": the rates that the count cannot exclude; nothing where none is known. */
bool hs_could_be_known(const struct hs_interval *rate);
void hs_html_could_be(struct hs_html *h, const struct hs_interval *rate);
/* "31 of 31 tracks from there on, 0 of 7 before", of a change that is shown; and whether notes are
 * among them. */
void hs_html_since_counts(struct hs_html *h, const struct hs_recurrence *x);
/* "It began with Noiz2sa (2002): 12 of 12 tracks ..."; nothing where no change is shown. */
void hs_html_since(struct hs_html *h, const struct hs_audit *audit, const struct hs_recurrence *x);
/* "mastered by: Bob", who did the releases that have it; where they have no one alone, who did the
 * others: "mastered by: Ann (until then)" those before, "... (from then on)" those after it. */
void hs_html_what_changed(struct hs_html *h, const char *factor, const char *level, bool of_others,
                          bool began);
/* "Album A (2004)"; the title alone where it has no year. */
void hs_html_release(struct hs_html *h, const struct hs_audit *audit, size_t release);
/* The release that a change is told by: the first that has it, or the last that had it. */
size_t hs_since_release(const struct hs_audit *audit, const struct hs_since *s);
/* Whether a change is shown of what neither recurs nor leans nor stands on one release: these tell
 * of it themselves. */
bool hs_since_alone(const struct hs_recurrence *x);
/* "worse", "steady", "not shown" with a sign; x may be NULL. */
void hs_html_trend_word(struct hs_html *h, const struct hs_audit *audit,
                        const struct hs_recurrence *x);
/* Direction and slope of a rule over the years, or why none is shown. */
void hs_html_trend(struct hs_html *h, const struct hs_recurrence *x);
/* The engineer's ear against the machine over the tracks that have a list; nothing
 * where there is none. `what`: "master" or "mix". */
void hs_html_agreement(struct hs_html *h, const struct hs_agreement *a, const char *what);

#endif
