/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of engineers: which rule they mean. Pure, in English; an id is its own word.
 */
#ifndef HS_JUDGE_WORDS_H
#define HS_JUDGE_WORDS_H

#include <stddef.h>

/* A word that is read as another one: "vox" as "vocal". */
struct hs_synonym {
    const char *word, *means;
};

/* The id of the rule that words mean ("vocals too bright"); NULL where nothing fits. */
const char *hs_judge_rule_of_words(const char *words);
/* All synonyms; those of one meaning need not stand together. */
const struct hs_synonym *hs_judge_synonyms(size_t *n);

#endif
