/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name is read word by word; a word begins behind what is no letter, at a capital in the middle
 * and behind a digit. At each word the first row of the table (model/stem_words.h) that fits
 * speaks; a row may be two words ("bass drum"), and rows of three letters and fewer fit whole words
 * only ("hats", not "hate"); "rev 2" is a revision, "no 2" a number. What is left out ("no vocals",
 * "everything but the drums", "guitar muted") does not speak. Of the others effects win over
 * instruments, and instruments over words like "lead". Two instruments in one name are neither, nor
 * is one with its effects ("vocals + fx").
 */
#include "model/stem_role.h"

#include "model/stem_words.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const char *const role_names[HS_N_STEM_ROLES] = {
    [HS_STEM_OTHER] = "other",   [HS_STEM_KICK] = "kick", [HS_STEM_SNARE] = "snare",
    [HS_STEM_DRUMS] = "drums",   [HS_STEM_BASS] = "bass", [HS_STEM_VOCAL] = "vocal",
    [HS_STEM_GUITAR] = "guitar", [HS_STEM_KEYS] = "keys", [HS_STEM_STRINGS] = "strings",
    [HS_STEM_FX] = "fx",
};

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) != 0;
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
    const struct hs_stem_word *word;
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
static const struct hs_stem_word *word_behind_no(const char *at)
{
    size_t n;
    bool is_no = tolower((unsigned char)at[0]) == 'n' && tolower((unsigned char)at[1]) == 'o';
    const struct hs_stem_word *w = is_no ? hs_stem_word_at(at + 2, &n) : NULL;
    return w && w->weight == HS_STEM_PLAIN ? w : NULL;
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
            size_t taken;
            const struct hs_stem_word *hidden = word_behind_no(at);
            const struct hs_stem_word *w = hidden ? hidden : hs_stem_word_at(at, &taken);
            if (!w)
                continue;
            out[n++] = (struct found){w, leaves_out || hidden, is_joined};
            is_joined = false;
            is_next = true;
            at += hidden ? 1 : taken - 1;
        }
    }
    return n;
}

/* Effects that are joined to an instrument are printed with it. */
static bool is_printed_with(const struct found *x, size_t n, size_t i)
{
    return (i && x[i].is_joined && x[i - 1].word->weight == HS_STEM_PLAIN) ||
           (i + 1 < n && x[i + 1].is_joined && x[i + 1].word->weight == HS_STEM_PLAIN);
}

/* What two instruments in one name are: one drum and the drums are that drum, two drums the
 * drums, others neither of them. */
static const struct hs_stem_word *both(const struct hs_stem_word *a, const struct hs_stem_word *b)
{
    static const struct hs_stem_word drums = {"drum", HS_STEM_DRUMS, HS_STEM_PLAIN, false};
    static const struct hs_stem_word several = {"several", HS_STEM_OTHER, HS_STEM_PLAIN, false};
    if (!a || a->role == b->role)
        return a ? a : b;
    if (!hs_stem_role_is_drum(a->role) || !hs_stem_role_is_drum(b->role))
        return &several;
    return a->role == HS_STEM_DRUMS ? b : b->role == HS_STEM_DRUMS ? a : &drums;
}

/* The word that says what it is; NULL where none does. */
static const struct hs_stem_word *telling_word(const char *name)
{
    struct found x[MOST_FOUND];
    size_t n = find_words(name, x);
    const struct hs_stem_word *instrument = NULL, *weak = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct hs_stem_word *w = x[i].word;
        if (x[i].is_left_out)
            continue;
        if (w->weight == HS_STEM_STRONG && !is_printed_with(x, n, i))
            return w;
        if (w->weight != HS_STEM_WEAK)
            instrument = both(instrument, w);
        else if (!weak)
            weak = w;
    }
    return instrument ? instrument : weak;
}

enum hs_stem_role hs_stem_role_of(const char *name)
{
    const struct hs_stem_word *w = telling_word(name);
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
    const struct hs_stem_word *w = telling_word(name);
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
