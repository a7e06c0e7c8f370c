/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of engineers: which rule they mean. Pure, in English; an id is its own word.
 */
#ifndef HS_JUDGE_WORDS_H
#define HS_JUDGE_WORDS_H

#include <stdbool.h>

struct hs_rule;

/* The id of the rule that words mean ("vocals too bright"); NULL where nothing fits. */
const char *hs_judge_rule_of_words(const char *words);
/* Whether words that mean the rule may mean this value of it: those of one side of a two-way rule
 * ("too quiet") do not mean the other. Words without a side, and a value that is NaN, fit. */
bool hs_judge_words_fit(const char *words, const struct hs_rule *rule, double value);

#endif
