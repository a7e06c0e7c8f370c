/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engineer's words to a rule. Words are brought to one form (case, plural, synonyms);
 * a phrase of a rule fits when all its words stand in the note, in any order. The longest
 * phrase wins, then the order of the rules. Unknown words stay unknown.
 */
#include "judge/words.h"

#include "core/text.h"
#include "judge/rule.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MAX_WORDS = 24, MAX_LETTERS = 24 };

struct words {
    char word[MAX_WORDS][MAX_LETTERS];
    size_t n;
};

static const struct hs_synonym synonyms[] = {
    {"vox", "vocal"},
    {"voice", "vocal"},
    {"singer", "vocal"},
    {"singing", "vocal"},
    {"lead", "vocal"},
    {"kickdrum", "kick"},
    {"bassdrum", "kick"},
    {"bd", "kick"},
    {"sd", "snare"},
    {"snaredrum", "snare"},
    {"quiet", "low"},
    {"soft", "low"},
    {"weak", "low"},
    {"buried", "low"},
    {"lost", "low"},
    {"missing", "low"},
    {"hot", "loud"},
    {"prominent", "loud"},
    {"dominant", "loud"},
    {"upfront", "loud"},
    {"big", "loud"},
    {"overpowering", "loud"},
    {"treble", "high"},
    {"top", "high"},
    {"hf", "high"},
    {"bottom", "low-end"},
    {"lf", "low-end"},
    {"lowend", "low-end"},
    {"fx", "effect"},
    {"reverberation", "reverb"},
    {"verb", "reverb"},
    {"echo", "reverb"},
    {"ess", "es"},
    {"sibilance", "sibilant"},
    {"essy", "sibilant"},
    {"dark", "dull"},
    {"muffled", "dull"},
    {"mud", "muddy"},
    {"boom", "boomy"},
    {"harshness", "harsh"},
    {"brightness", "bright"},
    {"shrill", "harsh"},
    {"piercing", "harsh"},
    {"brittle", "harsh"},
    {"gtr", "guitar"},
    {"distorted", "distortion"},
    {"distort", "distortion"},
    {"clip", "clipped"},
    {"clipping", "clipped"},
    {"squashed", "compressed"},
    {"squeezed", "compressed"},
    {"lifeless", "compressed"},
    {"compression", "compressed"},
    {"limiting", "limited"},
    {"limiter", "limited"},
    {"breathing", "pumping"},
    {"pump", "pumping"},
    {"noise", "noisy"},
    {"hiss", "noisy"},
    {"hissy", "noisy"},
    {"humming", "hum"},
    {"buzz", "hum"},
    {"excessive", "much"},
    {"insufficient", "little"},
    {"lacking", "lack"},
    {"need", "lack"},
    {"stereo", "wide"},
    {"width", "wide"},
    {"spread", "wide"},
};

/* One word in its plain form: singular, synonyms made one, "bass drum" and "kick drum" are
 * "kick". */
static void add_word(struct words *w, const char *s, size_t n)
{
    char *out = w->word[w->n];
    if (!n || n >= MAX_LETTERS || w->n >= MAX_WORDS)
        return;
    memcpy(out, s, n);
    out[n] = '\0';
    if (n > 3 && out[n - 1] == 's' && out[n - 2] != 's')
        out[n - 1] = '\0'; /* guitars, vocals, needs */
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (!strcmp(out, synonyms[i].word))
            snprintf(out, MAX_LETTERS, "%s", synonyms[i].means);
    if (w->n && !strcmp(out, "drum") && (!strcmp(w->word[w->n - 1], "bass"))) {
        strcpy(w->word[w->n - 1], "kick");
        return;
    }
    if (w->n && !strcmp(out, "drum") &&
        (!strcmp(w->word[w->n - 1], "kick") || !strcmp(w->word[w->n - 1], "snare")))
        return; /* the kick drum is the kick */
    w->n++;
}

/* Lower-case words; apostrophes go, all else that is no letter or digit parts them. */
static void split(const char *s, size_t n, struct words *w)
{
    char word[MAX_LETTERS];
    size_t len = 0;
    w->n = 0;
    for (size_t i = 0; i <= n; i++) {
        unsigned char c = i < n ? (unsigned char)s[i] : ' ';
        if (isalnum(c) || c >= 0x80) {
            if (len < sizeof word)
                word[len++] = c < 0x80 ? (char)tolower(c) : (char)c;
            continue;
        }
        if (c == '\'') /* doesn't, can't */
            continue;
        add_word(w, word, len);
        len = 0;
    }
}

static bool has(const struct words *note, const char *word)
{
    for (size_t i = 0; i < note->n; i++)
        if (!strcmp(note->word[i], word))
            return true;
    return false;
}

static bool fits(const struct words *phrase, const struct words *note)
{
    for (size_t i = 0; i < phrase->n; i++)
        if (!has(note, phrase->word[i]))
            return false;
    return phrase->n > 0;
}

/* Words of the longest phrase of the comma-separated list that fits. */
static size_t best_phrase(const char *list, const struct words *note)
{
    size_t best = 0;
    while (*list) {
        size_t n = strcspn(list, ",");
        struct words phrase;
        split(list, n, &phrase);
        if (phrase.n > best && fits(&phrase, note))
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

/* An id, else the rule with the longest phrase in the note; NULL: none. */
const char *hs_judge_rule_of_words(const char *words)
{
    struct words note;
    const char *found = NULL;
    size_t best = 0;
    for (size_t i = 0; i < hs_rule_count(); i++)
        if (is_id(hs_rule_at(i)->id, words))
            return hs_rule_at(i)->id;
    split(words, strlen(words), &note);
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        size_t n = best_phrase(rule->heard_as, &note);
        if (n > best) {
            best = n;
            found = rule->id;
        }
    }
    return found;
}

const struct hs_synonym *hs_judge_synonyms(size_t *n)
{
    *n = sizeof synonyms / sizeof *synonyms;
    return synonyms;
}
