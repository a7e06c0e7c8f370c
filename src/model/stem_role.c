/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name is read word by word; a word begins behind what is no letter, at a capital in the middle
 * and behind a digit. At each word the first row of the table that fits speaks; a row may be two
 * words ("bass drum"), and rows of three letters and fewer fit whole words only ("hats", not
 * "hate"); "rev 2" is a revision, "no 2" a number. What is left out ("no vocals", "everything but
 * the drums", "guitar muted") does not speak. Of the others effects win over instruments, and
 * instruments over words like "lead". Two instruments in one name are neither, nor is one with its
 * effects ("vocals + fx").
 */
#include "model/stem_role.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* A weak word counts where no other names an instrument, a strong one over all others. A plain
 * word of the role OTHER is an instrument that no role has. */
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
    {"bassdrums", HS_STEM_OTHER, PLAIN, false},
    {"bassdrum", HS_STEM_KICK, PLAIN, false},
    {"basskick", HS_STEM_KICK, PLAIN, false},
    {"synthbass", HS_STEM_BASS, PLAIN, false},
    {"basssynth", HS_STEM_BASS, PLAIN, false},
    {"bassguit", HS_STEM_BASS, PLAIN, false},
    {"guitarbass", HS_STEM_BASS, PLAIN, false},
    {"stringbass", HS_STEM_BASS, PLAIN, false},
    {"organbass", HS_STEM_BASS, PLAIN, false},
    {"keybass", HS_STEM_BASS, PLAIN, false},
    {"bassoon", HS_STEM_OTHER, PLAIN, false},
    {"bassclarinet", HS_STEM_OTHER, PLAIN, false},
    {"bassflute", HS_STEM_OTHER, PLAIN, false},
    {"basssax", HS_STEM_OTHER, PLAIN, false},
    {"basstrombone", HS_STEM_OTHER, PLAIN, false},
    {"drumless", HS_STEM_OTHER, PLAIN, false},
    {"steeldrum", HS_STEM_OTHER, PLAIN, false},
    {"synthdrum", HS_STEM_DRUMS, PLAIN, false},
    {"drumsynth", HS_STEM_DRUMS, PLAIN, false},
    {"synthstring", HS_STEM_STRINGS, PLAIN, false},
    {"stringsynth", HS_STEM_KEYS, PLAIN, false},
    {"synthguitar", HS_STEM_GUITAR, PLAIN, false},
    {"guitarsynth", HS_STEM_GUITAR, PLAIN, false},
    {"organic", HS_STEM_OTHER, WEAK, false},
    {"kick", HS_STEM_KICK, PLAIN, false},
    {"bd", HS_STEM_KICK, PLAIN, false},
    {"snare", HS_STEM_SNARE, PLAIN, false},
    {"snr", HS_STEM_SNARE, PLAIN, false},
    {"sd", HS_STEM_SNARE, PLAIN, false},
    {"sn", HS_STEM_SNARE, PLAIN, false},
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
    {"bss", HS_STEM_BASS, PLAIN, false},
    {"bs", HS_STEM_BASS, PLAIN, false},
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
    {"rhd", HS_STEM_KEYS, PLAIN, false},
    {"wurli", HS_STEM_KEYS, PLAIN, false},
    {"clave", HS_STEM_DRUMS, PLAIN, false},
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

static bool parts_words(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '.';
}

/* How many characters of `at` the word takes with what parts it ("bass drum" is "bassdrum";
 * "bass+drum" is not); 0 where it does not fit. */
static size_t fits(const char *at, const char *word)
{
    size_t n = 0;
    for (const char *w = word; *w; n++) {
        if (tolower((unsigned char)at[n]) == *w)
            w++;
        else if (w == word || !parts_words(at[n]))
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

static bool begins_word(const char *name, const char *at)
{
    if (!is_letter(*at))
        return false;
    if (at == name || !is_letter(at[-1]))
        return true;
    return isalpha((unsigned char)*at) &&
           (isdigit((unsigned char)at[-1]) ||
            (islower((unsigned char)at[-1]) && isupper((unsigned char)*at)));
}

/* Whether one of the words stands here, to its end. */
static bool is_one_of(const char *at, const char *const *list)
{
    for (; *list; list++) {
        size_t n = 0;
        while ((*list)[n] && tolower((unsigned char)at[n]) == (*list)[n])
            n++;
        bool is_over = !isalpha((unsigned char)at[n]) ||
                       (n && islower((unsigned char)at[n - 1]) && isupper((unsigned char)at[n]));
        if (!(*list)[n] && is_over)
            return true;
    }
    return false;
}

/* "no 2", "No. 3": a number. */
static bool is_number(const char *at)
{
    return tolower((unsigned char)at[0]) == 'n' && tolower((unsigned char)at[1]) == 'o' &&
           isdigit((unsigned char)at[2 + strspn(at + 2, " ._-#")]);
}

/* A word of the table where it stands in a name. */
struct found {
    const struct word *word;
    bool is_left_out; /* the name says that it is not in there */
    bool is_joined;   /* a word that joins stands between it and the one before */
};

enum { MOST_FOUND = 12 };

static const char *const leave_out_next[] = {"no",   "non",  "not", "minus",  "without", "wo",
                                             "less", "ohne", "but", "except", "sans",    NULL};
static const char *const leave_out_last[] = {"removed", "muted", "less", NULL};
static const char *const join[] = {"and", "und", "et", "with", "n", NULL};

/* "w/o drums", "w-o drums". */
static bool is_without(const char *at)
{
    return tolower((unsigned char)at[0]) == 'w' && (at[1] == '/' || at[1] == '-') &&
           tolower((unsigned char)at[2]) == 'o' && !is_letter(at[3]);
}

/* "novox", "nodrums". */
static const struct word *word_behind_no(const char *at)
{
    bool is_no = tolower((unsigned char)at[0]) == 'n' && tolower((unsigned char)at[1]) == 'o';
    const struct word *w = is_no ? word_at(at + 2) : NULL;
    return w && w->weight == PLAIN ? w : NULL;
}

/* The words of the table that the name has, in order; at most MOST_FOUND. */
static size_t find_words(const char *name, struct found *out)
{
    size_t n = 0;
    bool leaves_out = false, is_joined = false, is_next = false; /* next to the last one found */
    for (const char *at = name; *at && n < MOST_FOUND; at++) {
        if (strchr("()[]{},;", *at))
            leaves_out = is_next = false;
        is_joined |= *at == '&' || *at == '+';
        if (!begins_word(name, at))
            continue;
        if (is_next && is_one_of(at, leave_out_last)) {
            out[n - 1].is_left_out = true;
            continue;
        }
        is_next = false;
        if (is_without(at) || (is_one_of(at, leave_out_next) && !is_number(at))) {
            leaves_out = true;
        } else if (is_one_of(at, join)) {
            is_joined = true;
        } else {
            const struct word *hidden = word_behind_no(at), *w = hidden ? hidden : word_at(at);
            if (!w)
                continue;
            out[n++] = (struct found){w, leaves_out || hidden, is_joined};
            is_joined = false;
            is_next = true;
            at += hidden ? 1 : fits(at, w->text) - 1;
        }
    }
    return n;
}

/* Effects that are joined to an instrument are printed with it. */
static bool is_printed_with(const struct found *x, size_t n, size_t i)
{
    return (i && x[i].is_joined && x[i - 1].word->weight == PLAIN) ||
           (i + 1 < n && x[i + 1].is_joined && x[i + 1].word->weight == PLAIN);
}

/* What two instruments in one name are: one drum and the drums are that drum, two drums the
 * drums, others neither of them. */
static const struct word *both(const struct word *a, const struct word *b)
{
    static const struct word drums = {"drum", HS_STEM_DRUMS, PLAIN, false};
    static const struct word several = {"several", HS_STEM_OTHER, PLAIN, false};
    if (!a || a->role == b->role)
        return a ? a : b;
    if (!hs_stem_role_is_drum(a->role) || !hs_stem_role_is_drum(b->role))
        return &several;
    return a->role == HS_STEM_DRUMS ? b : b->role == HS_STEM_DRUMS ? a : &drums;
}

/* The word that says what it is; NULL where none does. */
static const struct word *telling_word(const char *name)
{
    struct found x[MOST_FOUND];
    size_t n = find_words(name, x);
    const struct word *instrument = NULL, *weak = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct word *w = x[i].word;
        if (x[i].is_left_out)
            continue;
        if (w->weight == STRONG && !is_printed_with(x, n, i))
            return w;
        if (w->weight != WEAK)
            instrument = both(instrument, w);
        else if (!weak)
            weak = w;
    }
    return instrument ? instrument : weak;
}

enum hs_stem_role hs_stem_role_of(const char *name)
{
    const struct word *w = telling_word(name);
    return w ? w->role : HS_STEM_OTHER;
}

bool hs_stem_role_is_told(const char *name)
{
    struct found x[MOST_FOUND];
    return find_words(name, x) > 0;
}

/* The stem is the drums as one, not a microphone of them. */
bool hs_stem_is_whole_kit(const char *name)
{
    const struct word *w = telling_word(name);
    return w && w->whole_kit;
}

const char *hs_stem_role_name(enum hs_stem_role role)
{
    return role_names[role];
}

bool hs_stem_role_is_drum(enum hs_stem_role role)
{
    return role == HS_STEM_KICK || role == HS_STEM_SNARE || role == HS_STEM_DRUMS;
}
