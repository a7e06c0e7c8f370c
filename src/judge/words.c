/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engineer's words to a rule. A phrase of a rule fits where a clause of the note has its words
 * (judge/note.h). The longest phrase wins, then the first clause, then the order of the rules;
 * where no clause fits, the note is read as one. Unknown words stay unknown.
 */
#include "judge/words.h"

#include "judge/note.h"
#include "judge/rule.h"

#include <ctype.h>
#include <string.h>

/* Words of the longest phrase of the comma-separated list that fits. */
static size_t best_phrase(const char *list, const struct hs_note *note)
{
    size_t best = 0;
    while (*list) {
        size_t n = strcspn(list, ",");
        struct hs_note phrase;
        hs_note_split(list, n, &phrase);
        if (phrase.n > best && hs_note_has(note, &phrase) && !hs_note_is_of_a_part(note, &phrase))
            best = phrase.n;
        list += n + (list[n] == ',');
    }
    return best;
}

/* The id itself, with blanks or dashes for underscores, in any case. */
static bool is_id(const char *id, const char *words)
{
    for (; *id && *words; id++, words++) {
        char c = (char)tolower((unsigned char)*words);
        if (c == ' ' || c == '-')
            c = '_';
        if (c != *id)
            return false;
    }
    return !*id && !*words;
}

/* The rule of the longest phrase in n bytes of a note, if it is longer than *best. */
static void look_in(const char *s, size_t n, size_t *best, const char **found)
{
    struct hs_note note;
    hs_note_split(s, n, &note);
    hs_note_turn_wishes(&note);
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        const size_t fits = best_phrase(rule->heard_as, &note);
        if (fits > *best) {
            *best = fits;
            *found = rule->id;
        }
    }
}

/* An id, else the rule with the longest phrase in the note; NULL: none. */
const char *hs_judge_rule_of_words(const char *words)
{
    const char *found = NULL;
    size_t best = 0;
    for (size_t i = 0; i < hs_rule_count(); i++)
        if (is_id(hs_rule_at(i)->id, words))
            return hs_rule_at(i)->id;
    for (const char *s = words; *s;) {
        const size_t n = hs_note_clause(s);
        look_in(s, n, &best, &found);
        s += n + (s[n] != '\0');
    }
    if (!found)
        look_in(words, strlen(words), &best, &found);
    return found;
}
