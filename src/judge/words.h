/* SPDX-License-Identifier: Apache-2.0 */
/* The words of engineers: pure, in English. */
#ifndef HS_JUDGE_WORDS_H
#define HS_JUDGE_WORDS_H

/* The id of the rule that words mean ("vocals too bright"); NULL where nothing fits. */
const char *hs_judge_rule_of_words(const char *words);

#endif
