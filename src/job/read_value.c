/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One reader a kind of value: text, year (also from a date), count, amount, share or per cent,
 * yes and no, ISRC, id, one of a set of words, times. Each checks form and range, and says what
 * was found and what was expected at its place. Nothing is guessed from the look of a text that
 * belongs to another key.
 */
#include "job/read_value.h"

#include "core/num.h"
#include "core/text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

/* Where the value of a key goes. */
static void *field(const struct hs_job_key *key, void *base)
{
    return (char *)base + key->offset;
}

/* NULL where nothing was written or it is no text; the latter is a problem. */
const char *hs_schema_text(struct hs_load *l, const struct hs_job_key *key,
                           const struct hs_node *value)
{
    if (value->kind != HS_NODE_TEXT) {
        hs_schema_mismatch(l, key, value);
        return NULL;
    }
    if (!hs_utf8_valid(value->text, strlen(value->text))) {
        hs_problem_add(l->problems, value->line, value->column,
                       "found bytes that are not UTF-8 in %s, expected %s", key->name, key->form);
        return NULL;
    }
    if (!*value->text && value->plain)
        return NULL;
    return hs_arena_strdup(l->arena, value->text);
}

/* A finite number in [low, high]; false, with a problem, for anything else. */
bool hs_schema_number(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,
                      double low, double high, double *out)
{
    double x;
    if (value->kind == HS_NODE_TEXT && hs_num_parse(value->text, &x) && x >= low && x <= high) {
        *out = x;
        return true;
    }
    hs_schema_mismatch(l, key, value);
    return false;
}

/* Without a list of rules every id passes: then nobody judges. */
bool hs_schema_is_rule(struct hs_load *l, const struct hs_node *key)
{
    for (size_t i = 0; i < l->n_rules; i++)
        if (!strcmp(l->rules[i], key->text))
            return true;
    if (!l->n_rules)
        return true;
    const char *nearest = hs_text_nearest(key->text, l->rules, l->n_rules);
    hs_problem_add(
        l->problems, key->line, key->column, "found the unknown rule %s, expected %s%s%s",
        hs_tree_describe(l->problems->arena, key), nearest ? "\"" : "",
        nearest ? nearest : "a rule id (hindsight explain lists them)", nearest ? "\"" : "");
    return false;
}

HS_READER(hs_read_text)
{
    *(const char **)field(key, base) = hs_schema_text(l, key, value);
}

/* An ISO date is as good as its year. */
HS_READER(hs_read_year)
{
    int *year = field(key, base);
    if (hs_tree_empty(value)) {
        *year = 0;
        return;
    }
    const char *s = value->kind == HS_NODE_TEXT ? value->text : "";
    size_t digits = strspn(s, "0123456789");
    bool fits = digits == 4 && (!s[4] || s[4] == '-') && strspn(s, "0123456789-") == strlen(s) &&
                s[0] != '0';
    *year = 0;
    for (size_t i = 0; fits && i < digits; i++)
        *year = *year * 10 + (s[i] - '0');
    if (!fits)
        hs_schema_mismatch(l, key, value);
}

/* A whole number from 1 to 9999; 0 where nothing was written. */
HS_READER(hs_read_count)
{
    double x = 0;
    if (!hs_tree_empty(value) && hs_schema_number(l, key, value, 1, 9999, &x) && x != floor(x)) {
        hs_schema_mismatch(l, key, value);
        x = 0;
    }
    *(int *)field(key, base) = (int)x;
}

/* A number from 0 to 1e15; NaN where nothing was written. */
HS_READER(hs_read_amount)
{
    double x = NAN;
    if (!hs_tree_empty(value))
        hs_schema_number(l, key, value, 0, 1e15, &x);
    *(double *)field(key, base) = x;
}

/* A share, 0 to 1, or 0 % to 100 %. */
HS_READER(hs_read_share)
{
    double x, *share = field(key, base);
    const char *s = value->kind == HS_NODE_TEXT ? value->text : "";
    bool percent = hs_text_ends(s, "%");
    const char *number = percent ? hs_arena_strndup(l->arena, s, strlen(s) - 1) : s;
    if (hs_num_parse(number, &x) && x >= 0 && x <= (percent ? 100 : 1))
        *share = percent ? x / 100 : x;
    else
        hs_schema_mismatch(l, key, value);
}

/* Index of the text among the words, or -1. */
static int choose(const struct hs_node *value, const char *const *words, int n)
{
    for (int i = 0; value->kind == HS_NODE_TEXT && i < n; i++)
        if (!strcasecmp(value->text, words[i]))
            return i;
    return -1;
}

/* no, false, off, yes, true or on; nothing written is no. */
HS_READER(hs_read_flag)
{
    static const char *const words[] = {"no", "false", "off", "yes", "true", "on"};
    int i = choose(value, words, 6);
    if (i < 0 && !hs_tree_empty(value))
        hs_schema_mismatch(l, key, value);
    *(bool *)field(key, base) = i >= 3;
}

/* yes or no in any of these words, null where the listener cannot say, or not_applicable. */
HS_READER(hs_read_answer)
{
    static const char *const words[] = {"no", "false", "off", "yes", "true",
                                        "on", "null",  "~",   "",    "not_applicable"};
    static const enum hs_answer ticks[] = {
        HS_ANSWER_NO,  HS_ANSWER_NO,   HS_ANSWER_NO,   HS_ANSWER_YES,  HS_ANSWER_YES,
        HS_ANSWER_YES, HS_ANSWER_NULL, HS_ANSWER_NULL, HS_ANSWER_NULL, HS_ANSWER_NOT_APPLICABLE};
    int i = choose(value, words, 10);
    if (i < 0)
        hs_schema_mismatch(l, key, value);
    else
        *(enum hs_answer *)field(key, base) = ticks[i];
}

/* What of the mix can be opened again, which decides how easily a correction is made. */
HS_READER(hs_read_recall)
{
    static const char *const words[] = {"session", "stems", "stereo", "none"};
    int i = choose(value, words, 4);
    if (i < 0 && !hs_tree_empty(value))
        hs_schema_mismatch(l, key, value);
    *(enum hs_recall *)field(key, base) =
        i < 0 ? HS_RECALL_UNKNOWN : (enum hs_recall)(HS_RECALL_SESSION + i);
}

/* There is one built-in distribution. */
HS_READER(hs_read_profile)
{
    static const char *const words[] = {"popular"};
    if (choose(value, words, 1) < 0)
        hs_schema_mismatch(l, key, value);
    (void)base;
}

/* Other versions of the format are refused rather than misread. */
HS_READER(hs_read_version)
{
    if (value->kind != HS_NODE_TEXT || strcmp(value->text, "1"))
        hs_schema_mismatch(l, key, value);
    (void)base;
}

/* Written with or without hyphens; kept as twelve capitals and digits. What does not
 * look like an ISRC is kept too: the catalogue may hold older slips. */
HS_READER(hs_read_isrc)
{
    const char *s = hs_schema_text(l, key, value);
    struct hs_buf b = {0};
    for (; s && *s; s++)
        if (*s != '-' && *s != ' ')
            hs_buf_putc(&b, (char)toupper((unsigned char)*s));
    *(const char **)field(key, base) = b.len ? hs_arena_strdup(l->arena, b.data) : NULL;
    hs_buf_free(&b);
}

/* An id that is safe in URLs and file names: letters, digits and -._~, 100 at most, a letter or
 * digit first. */
HS_READER(hs_read_id)
{
    enum { MOST = 100 };
    const char *s = value->kind == HS_NODE_TEXT ? value->text : "";
    size_t n = strlen(s);
    bool fits = n <= MOST && isalnum((unsigned char)s[0]) && (unsigned char)s[0] < 0x80;
    for (size_t i = 0; fits && i < n; i++)
        fits = (unsigned char)s[i] < 0x80 && (isalnum((unsigned char)s[i]) || strchr("-._~", s[i]));
    if (fits)
        *(const char **)field(key, base) = hs_arena_strdup(l->arena, s);
    else
        hs_schema_mismatch(l, key, value);
}

/* Seconds, m:ss or h:mm:ss. */
static bool parse_time(const char *s, double *out)
{
    double total = 0, x;
    char part[16];
    for (int colons = 0;; colons++) {
        size_t n = strcspn(s, ":");
        if (!n || n >= sizeof part || colons > 2)
            return false;
        memcpy(part, s, n);
        part[n] = '\0';
        if (!hs_num_parse(part, &x) || x < 0 || x > 1e6 || (colons && x >= 60))
            return false;
        total = total * 60 + x;
        if (!s[n])
            break;
        s += n + 1;
    }
    *out = total;
    return true;
}

/* One time or a list of them, in seconds. */
HS_READER(hs_read_times)
{
    struct hs_heard *heard = base;
    struct hs_node *const alone[] = {(struct hs_node *)value};
    bool list = value->kind == HS_NODE_LIST;
    struct hs_node *const *items = list ? value->items : alone;
    size_t n = list ? value->n : !hs_tree_empty(value);
    double *at = HS_ARENA_ARRAY(l->arena, double, n);
    for (size_t i = 0; i < n; i++) {
        const char *s = items[i]->kind == HS_NODE_TEXT ? items[i]->text : "";
        if (!parse_time(s, &at[i]))
            hs_schema_mismatch(l, key, items[i]);
    }
    heard->at_s = at;
    heard->n_at = n;
}
