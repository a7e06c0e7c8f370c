/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name is read word by word. At each word the first row of the table that fits speaks; a row
 * may be two words ("bass drum"), and rows of three letters and fewer fit whole words only ("hats",
 * not "hate"); "rev 2" is a revision. Of all words the one with the largest weight decides: effects
 * over instruments, instruments over words like "lead"; of equal weights the first. A name that
 * takes something away ("no_vocals", "minus guitar") or joins two instruments ("drums and bass") is
 * that of no instrument.
 */
#include "model/stem_role.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A weak word counts where no other names an instrument, a strong one over all others. */
enum weight { WEAK, PLAIN, STRONG };

struct word {
    const char *text;
    enum hs_stem_role role;
    enum weight weight;
    bool whole_kit;
};

/* The first row that fits is taken, so rows of several words stand first. A row fits where a word
 * of the name begins with it; rows of three letters and fewer fit whole words alone, in the
 * plural too. */
static const struct word words[] = {
    {"bassdrum", HS_STEM_KICK, PLAIN, false},
    {"bassoon", HS_STEM_OTHER, PLAIN, false},
    {"bassclarinet", HS_STEM_OTHER, PLAIN, false},
    {"basstrombone", HS_STEM_OTHER, PLAIN, false},
    {"stringbass", HS_STEM_BASS, PLAIN, false},
    {"drumless", HS_STEM_OTHER, PLAIN, false},
    {"synthbass", HS_STEM_BASS, PLAIN, false},
    {"kick", HS_STEM_KICK, PLAIN, false},
    {"bd", HS_STEM_KICK, PLAIN, false},
    {"snare", HS_STEM_SNARE, PLAIN, false},
    {"snr", HS_STEM_SNARE, PLAIN, false},
    {"sd", HS_STEM_SNARE, PLAIN, false},
    {"drum", HS_STEM_DRUMS, PLAIN, true},
    {"tom", HS_STEM_DRUMS, PLAIN, false},
    {"hihat", HS_STEM_DRUMS, PLAIN, false},
    {"hat", HS_STEM_DRUMS, PLAIN, false},
    {"hh", HS_STEM_DRUMS, PLAIN, false},
    {"overhead", HS_STEM_DRUMS, PLAIN, false},
    {"oh", HS_STEM_DRUMS, PLAIN, false},
    {"cymbal", HS_STEM_DRUMS, PLAIN, false},
    {"crash", HS_STEM_DRUMS, PLAIN, false},
    {"ride", HS_STEM_DRUMS, PLAIN, false},
    {"perc", HS_STEM_DRUMS, PLAIN, false},
    {"kit", HS_STEM_DRUMS, PLAIN, true},
    {"shaker", HS_STEM_DRUMS, PLAIN, false},
    {"tambourine", HS_STEM_DRUMS, PLAIN, false},
    {"clap", HS_STEM_DRUMS, PLAIN, false},
    {"conga", HS_STEM_DRUMS, PLAIN, false},
    {"room", HS_STEM_DRUMS, WEAK, false},
    {"loop", HS_STEM_DRUMS, WEAK, false},
    {"bass", HS_STEM_BASS, PLAIN, false},
    {"sub", HS_STEM_BASS, WEAK, false},
    {"808", HS_STEM_BASS, WEAK, false},
    {"vocal", HS_STEM_VOCAL, PLAIN, false},
    {"voice", HS_STEM_VOCAL, PLAIN, false},
    {"vox", HS_STEM_VOCAL, PLAIN, false},
    {"voc", HS_STEM_VOCAL, PLAIN, false},
    {"vx", HS_STEM_VOCAL, PLAIN, false},
    {"singer", HS_STEM_VOCAL, PLAIN, false},
    {"singing", HS_STEM_VOCAL, PLAIN, false},
    {"choir", HS_STEM_VOCAL, PLAIN, false},
    {"bgv", HS_STEM_VOCAL, PLAIN, false},
    {"bv", HS_STEM_VOCAL, PLAIN, false},
    {"rap", HS_STEM_VOCAL, PLAIN, false},
    {"harmony", HS_STEM_VOCAL, WEAK, false},
    {"lead", HS_STEM_VOCAL, WEAK, false},
    {"guit", HS_STEM_GUITAR, PLAIN, false},
    {"gtr", HS_STEM_GUITAR, PLAIN, false},
    {"git", HS_STEM_GUITAR, PLAIN, false},
    {"gitar", HS_STEM_GUITAR, PLAIN, false},
    {"banjo", HS_STEM_GUITAR, PLAIN, false},
    {"mandolin", HS_STEM_GUITAR, PLAIN, false},
    {"ukulele", HS_STEM_GUITAR, PLAIN, false},
    {"acoustic", HS_STEM_GUITAR, WEAK, false},
    {"piano", HS_STEM_KEYS, PLAIN, false},
    {"keys", HS_STEM_KEYS, PLAIN, false},
    {"keyboard", HS_STEM_KEYS, PLAIN, false},
    {"organ", HS_STEM_KEYS, PLAIN, false},
    {"synth", HS_STEM_KEYS, PLAIN, false},
    {"rhodes", HS_STEM_KEYS, PLAIN, false},
    {"wurli", HS_STEM_KEYS, PLAIN, false},
    {"clav", HS_STEM_KEYS, PLAIN, false},
    {"pad", HS_STEM_KEYS, WEAK, false},
    {"string", HS_STEM_STRINGS, PLAIN, false},
    {"violin", HS_STEM_STRINGS, PLAIN, false},
    {"viola", HS_STEM_STRINGS, PLAIN, false},
    {"cello", HS_STEM_STRINGS, PLAIN, false},
    {"contrabass", HS_STEM_STRINGS, PLAIN, false},
    {"orchestra", HS_STEM_STRINGS, WEAK, false},
    {"reverb", HS_STEM_FX, STRONG, false},
    {"rev", HS_STEM_FX, STRONG, false},
    {"verb", HS_STEM_FX, STRONG, false},
    {"rvb", HS_STEM_FX, STRONG, false},
    {"delay", HS_STEM_FX, STRONG, false},
    {"echo", HS_STEM_FX, STRONG, false},
    {"fx", HS_STEM_FX, STRONG, false},
    {"sfx", HS_STEM_FX, STRONG, false},
    {"effect", HS_STEM_FX, STRONG, false},
    {"return", HS_STEM_FX, STRONG, false},
};

static const char *const role_names[HS_N_STEM_ROLES] = {
    [HS_STEM_OTHER] = "other",   [HS_STEM_KICK] = "kick", [HS_STEM_SNARE] = "snare",
    [HS_STEM_DRUMS] = "drums",   [HS_STEM_BASS] = "bass", [HS_STEM_VOCAL] = "vocal",
    [HS_STEM_GUITAR] = "guitar", [HS_STEM_KEYS] = "keys", [HS_STEM_STRINGS] = "strings",
    [HS_STEM_FX] = "fx",
};

enum { SHORT = 3 };

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* Whether the word ends there, but for the s of a plural; "tomThree" is two words. */
static bool ends(const char *at)
{
    bool is_camel = islower((unsigned char)at[-1]) && isupper((unsigned char)*at);
    at += *at == 's' || *at == 'S';
    return is_camel || !isalpha((unsigned char)*at);
}

/* "rev 2", "rev03": which revision it is, and no reverberation. */
static bool is_revision(const char *at, const char *word)
{
    const char *behind = at + strspn(at, " ._-");
    return !strcmp(word, "rev") && isdigit((unsigned char)*behind);
}

/* How many characters of `at` the word takes with what parts it ("bass drum" is "bassdrum"); 0
 * where it does not fit. */
static size_t fits(const char *at, const char *word)
{
    size_t n = 0;
    for (const char *w = word; *w; n++) {
        if (tolower((unsigned char)at[n]) == *w)
            w++;
        else if (!at[n] || !strchr(" ._-", at[n]) || w == word)
            return 0;
    }
    if (is_revision(at + n, word))
        return 0;
    return strlen(word) <= SHORT && !ends(at + n) ? 0 : n;
}

/* The first row that fits here; NULL: none. */
static const struct word *word_at(const char *at)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (fits(at, words[i].text))
            return &words[i];
    return NULL;
}

/* Whether one of these words begins here, and is whole. */
static bool is_one_of(const char *at, const char *const *list)
{
    for (; *list; list++) {
        const size_t n = strlen(*list);
        if (!strncasecmp(at, *list, n) && !is_letter(at[n]))
            return true;
    }
    return false;
}

/* "no vocals", but not "No. 2". */
static bool takes_away(const char *at)
{
    static const char *const words_away[] = {"non",     "minus",  "without", "w/o",   "less",
                                             "removed", "except", "but",     "muted", NULL};
    static const char *const no[] = {"no", NULL};
    if (is_one_of(at, no))
        return !isdigit((unsigned char)at[2 + strspn(at + 2, " ._-#")]);
    return is_one_of(at, words_away);
}

/* What the words of a name say together. */
struct told {
    const struct word *best; /* the word that decides; NULL: none */
    bool drum, other;        /* instruments of the kit, and others */
    int n_roles;             /* different ones */
    bool joins, takes_away;
};

static void take_word(struct told *t, const struct word *w)
{
    if (t->best && w->weight != WEAK && t->best->weight != WEAK && w->role != t->best->role)
        t->n_roles++;
    if (w->weight != WEAK)
        *(hs_stem_role_is_drum(w->role) ? &t->drum : &t->other) = true;
    if (!t->best || w->weight > t->best->weight)
        t->best = w;
}

static struct told read_name(const char *name)
{
    static const char *const joining[] = {"and", "und", "et", NULL};
    struct told t = {.n_roles = 1};
    for (const char *at = name; *at; at++) {
        t.joins |= *at == '+' || *at == '&';
        if (!is_letter(*at) || (at > name && is_letter(at[-1])))
            continue;
        t.joins |= is_one_of(at, joining);
        t.takes_away |= takes_away(at);
        const struct word *w = word_at(at);
        if (w)
            take_word(&t, w);
    }
    return t;
}

enum hs_stem_role hs_stem_role_of(const char *name)
{
    const struct told t = read_name(name);
    if (!t.best || t.takes_away)
        return HS_STEM_OTHER;
    if (t.joins && t.n_roles > 1)
        return t.other ? HS_STEM_OTHER : HS_STEM_DRUMS;
    return t.best->role;
}

/* The stem is the drums as one, not a microphone of them. */
bool hs_stem_is_whole_kit(const char *name)
{
    return hs_stem_role_of(name) == HS_STEM_DRUMS && read_name(name).best->whole_kit;
}

const char *hs_stem_role_name(enum hs_stem_role role)
{
    return role_names[role];
}

bool hs_stem_role_is_drum(enum hs_stem_role role)
{
    return role == HS_STEM_KICK || role == HS_STEM_SNARE || role == HS_STEM_DRUMS;
}
