/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of engineers: which rule they mean. Pure, in English; an id is its own word.
 */
#ifndef HS_JUDGE_WORDS_H
#define HS_JUDGE_WORDS_H

/* The id of the rule that words mean ("vocals too bright"); NULL where nothing fits. */
const char *hs_judge_rule_of_words(const char *words);

#endif
