/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engineer's words to a rule. A phrase of a rule fits where a clause of the note has its words
 * (judge/note.h). The longest phrase wins, then the first clause, then the order of the rules;
 * where no clause fits, the note is read as one. Unknown words stay unknown.
 */
#include "judge/words.h"

#include "judge/note.h"
#include "judge/note_subject.h"
#include "judge/rule.h"

#include <ctype.h>
#include <string.h>

/* Whether the note says the phrase where the rule means it: what is held against the release, and
 * no more than a level, is said of the song. */
static bool says(const struct hs_note *note, const struct hs_note *phrase,
                 const struct hs_rule *rule)
{
    const bool of_the_song = rule->dimension == &hs_dimension_album || hs_note_is_level(phrase);
    return hs_note_has(note, phrase) && (!of_the_song || hs_note_is_of_the_song(note, phrase));
}

/* Words of the longest phrase of the comma-separated list that fits. */
static size_t best_phrase(const char *list, const struct hs_note *note, const struct hs_rule *rule)
{
    size_t best = 0;
    while (*list) {
        size_t n = strcspn(list, ",");
        struct hs_note phrase;
        hs_note_split(list, n, &phrase);
        if (phrase.n > best && says(note, &phrase, rule))
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
        const size_t fits = best_phrase(rule->heard_as, &note, rule);
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

/* The longest phrase of either side in n bytes of a note: the side, if it is longer than *best;
 * 0 where both sides have one as long ("louder on the left than on the right"). */
static void look_for_side(const char *s, size_t n, const struct hs_rule *rule, size_t *best,
                          int *side)
{
    struct hs_note note;
    hs_note_split(s, n, &note);
    hs_note_turn_wishes(&note);
    size_t fits[2];
    for (int k = 0; k < 2; k++)
        fits[k] = rule->heard_sides[k] ? best_phrase(rule->heard_sides[k], &note, rule) : 0;
    const size_t longest = fits[0] > fits[1] ? fits[0] : fits[1];
    if (longest > *best) {
        *best = longest;
        *side = (fits[1] > fits[0]) - (fits[0] > fits[1]);
    }
}

bool hs_judge_words_fit(const char *words, const struct hs_rule *rule, double value)
{
    int side = 0;
    size_t best = 0;
    for (const char *s = words; *s;) {
        const size_t n = hs_note_clause(s);
        look_for_side(s, n, rule, &best, &side);
        s += n + (s[n] != '\0');
    }
    if (!side)
        look_for_side(words, strlen(words), rule, &best, &side);
    return !(side * value < 0);
}
