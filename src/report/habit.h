/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A habit of the catalogue as it stands on the first screen: its sentence, where it came from,
 * one mark a master, one clip to hear, and the answer to it. Appends to a struct hs_html; no
 * function fails. Texts that are returned are literals.
 */
#ifndef HS_REPORT_HABIT_H
#define HS_REPORT_HABIT_H

#include "report/pages.h"

enum hs_verdict hs_habit_verdict(const struct hs_rule_count *r); /* NONE where it was not asked */
size_t hs_habits_of(const struct hs_pages *p, enum hs_verdict verdict); /* how many */
/* A list item; what only leans, or stands on one release, says so. */
void hs_html_habit(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r);
/* "and it came with mastering"; NULL where less than half can be said. */
const char *hs_habit_came(const struct hs_rule_count *r);
size_t hs_habit_in_mix(const struct hs_rule_count *r);
size_t hs_habit_by_mastering(const struct hs_rule_count *r);

/* "too bright", or "brightened by mastering" where the moves of mastering are what speaks. */
const char *hs_habit_title(const struct hs_rule_count *r);
/* How sure its evidence is, of a rule that is known: moves of mastering are measured. */
enum hs_tier hs_habit_tier(const struct hs_rule_count *r);
/* It leans by its count alone, on less than a fifth of the tracks: rare, if more often than
 * elsewhere. */
bool hs_habit_is_rare(const struct hs_rule_count *r);
/* With whom or where a rule recurs: an engineer or a studio told apart from others, or an artist
 * where it only leans as a whole; NULL: nobody. */
const struct hs_group *hs_habit_group(const struct hs_rule_count *r);

#endif
