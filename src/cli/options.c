/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Tables for getopt_long are made from the option table.
 * 2. Each option is checked by its kind and written into the field that its row names.
 * 3. The first operand is the command. Options that do not belong to it and a wrong number of
 *    operands are errors; an unknown word gets the nearest known one as a suggestion.
 * 4. An option that one command takes with an argument and another without stands in two rows;
 *    the choice of the argument tells which one was meant.
 */
#include "cli/options.h"

#include "cli/table.h"
#include "core/num.h"
#include "core/processors.h"
#include "core/text.h"
#include "model/survival.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MOST_ROWS = 64, MOST_JOBS = 1024, MOST_SHARDS = 4000000 };

/* The one form of the message: what was found, for which option, what was expected. */
static enum hs_status wrong_argument(const struct hs_option_row *row, const char *given,
                                     const char *expected, struct hs_error *err)
{
    return hs_fail(err, HS_E_USAGE, "found \"%.60s\" for --%s, expected %s", given, row->name,
                   expected);
}

/* Choices are compared without case. Severities begin at note, in the order of their table. */
static enum hs_status set_choice(const struct hs_option_row *row, const char *given, void *field,
                                 struct hs_error *err)
{
    char expected[200] = "";
    for (size_t i = 0; row->choices[i]; i++) {
        if (!strcasecmp(row->choices[i], given)) {
            if (row->kind == HS_OPT_CHOICE)
                *(const char **)field = row->choices[i];
            else
                *(enum hs_severity *)field = (enum hs_severity)(HS_NOTE + i);
            return HS_OK;
        }
        strcat(expected, i ? (row->choices[i + 1] ? ", " : " or ") : "");
        strcat(expected, row->choices[i]);
    }
    return wrong_argument(row, given, expected, err);
}

/* Checks the argument by the kind of the option and writes it into the field that its row names. */
static enum hs_status set(struct hs_options *o, const struct hs_option_row *row, const char *given,
                          struct hs_error *err)
{
    void *field = (char *)o + row->offset;
    double x = 0;
    switch (row->kind) {
    case HS_OPT_FLAG:
    case HS_OPT_HELP:
    case HS_OPT_VERSION:
        *(bool *)field = true;
        return HS_OK;
    case HS_OPT_COUNT:
        if (!hs_num_parse(given, &x) || x < 1 || x > MOST_JOBS || x != floor(x))
            return wrong_argument(row, given, "a number from 1 to 1024", err);
        *(int *)field = (int)x;
        return HS_OK;
    case HS_OPT_SHARDS:
        if (!hs_num_parse(given, &x) || x < 1 || x > MOST_SHARDS || x != floor(x))
            return wrong_argument(row, given, "a number from 1 to 4000000", err);
        *(int *)field = (int)x;
        return HS_OK;
    case HS_OPT_SECONDS:
        if (!hs_num_parse(given, &x) || x < 0)
            return wrong_argument(row, given, "a number of seconds", err);
        *(double *)field = x;
        return HS_OK;
    case HS_OPT_CHOICE:
    case HS_OPT_SEVERITY:
        return set_choice(row, given, field, err);
    case HS_OPT_DESTINATIONS:
        return hs_destinations_parse(given, field)
                   ? HS_OK
                   : wrong_argument(row, given, hs_destinations_known(), err);
    case HS_OPT_PATH:
    case HS_OPT_TEXT:
        if (!*given)
            return wrong_argument(row, given, "a path", err);
        *(const char **)field = given;
        return HS_OK;
    }
    return HS_E_FAILED;
}

struct getopt_tables {
    struct option longs[MOST_ROWS + 1];
    char shorts[2 * MOST_ROWS + 2];
};

/* An option that one command takes with an argument and another without stands in two rows, that
 * with the argument first: the row without, or NULL. */
static const struct hs_option_row *without_argument(const struct hs_option_row *row)
{
    const struct hs_option_row *next = row + 1;
    bool twins = row->argument && next < hs_option_rows + hs_n_option_rows && !next->argument &&
                 !strcmp(row->name, next->name);
    return twins ? next : NULL;
}

/* Is the word one of the choices of this option? */
static bool is_choice(const struct hs_option_row *row, const char *word)
{
    for (size_t i = 0; word && row->choices[i]; i++)
        if (!strcasecmp(row->choices[i], word))
            return true;
    return false;
}

/* Long options return 256 + row, short ones their letter. */
static void make_tables(struct getopt_tables *t)
{
    char *s = t->shorts;
    *s++ = ':';
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        int argument = without_argument(row) ? optional_argument
                       : row->argument       ? required_argument
                                             : no_argument;
        t->longs[i] = (struct option){row->name, argument, NULL, 256 + (int)i};
        if (!row->letter)
            continue;
        *s++ = row->letter;
        if (row->argument)
            *s++ = ':';
    }
}

/* The row of what getopt_long returned; NULL: not an option. */
static const struct hs_option_row *row_of(int code)
{
    if (code >= 256)
        return &hs_option_rows[code - 256];
    for (size_t i = 0; i < hs_n_option_rows; i++)
        if (code && hs_option_rows[i].letter == code)
            return &hs_option_rows[i];
    return NULL;
}

/* Also for a long option that was given an argument and takes none, which getopt_long reports the
 * same way. */
static enum hs_status unknown_option(const char *given, int letter, struct hs_error *err)
{
    const char *names[MOST_ROWS];
    char word[64];
    if (letter && letter < 256)
        return hs_fail(err, HS_E_USAGE, "found the unknown option -%c (see --help)", letter);
    size_t n = strcspn(given + 2, "=");
    if (n >= sizeof word)
        n = sizeof word - 1;
    memcpy(word, given + 2, n);
    word[n] = '\0';
    for (size_t i = 0; i < hs_n_option_rows; i++)
        names[i] = hs_option_rows[i].name;
    const char *nearest = hs_text_nearest(word, names, hs_n_option_rows);
    if (letter)
        return hs_fail(err, HS_E_USAGE, "--%s takes no argument", word);
    return nearest ? hs_fail(err, HS_E_USAGE, "found the unknown option --%s, did you mean --%s?",
                             word, nearest)
                   : hs_fail(err, HS_E_USAGE, "found the unknown option --%s (see --help)", word);
}

/* A command by its name, or a failure that suggests the nearest one. */
static enum hs_status find_command(const char *name, const struct hs_command_row **out,
                                   struct hs_error *err)
{
    const char *names[MOST_ROWS];
    size_t n = 0;
    *out = hs_command_find(name);
    if (*out)
        return HS_OK;
    for (size_t i = 0; i < hs_n_commands; i++)
        if (!hs_commands[i].hidden)
            names[n++] = hs_commands[i].name;
    const char *nearest = hs_text_nearest(name, names, n);
    return nearest ? hs_fail(err, HS_E_USAGE,
                             "found the unknown command \"%.60s\", did you mean %s?", name, nearest)
                   : hs_fail(err, HS_E_USAGE,
                             "found the unknown command \"%.60s\" (see hindsight --help)", name);
}

/* As many operands as the command takes, and none of them empty. */
static enum hs_status check_operands(const struct hs_options *o,
                                     const struct hs_command_row *command, struct hs_error *err)
{
    if (o->n_operands < command->least)
        return hs_fail(err, HS_E_USAGE, "%s: found no operand, expected %s", command->name,
                       command->operands);
    if (o->n_operands > command->most)
        return hs_fail(err, HS_E_USAGE, "%s: found one operand too many (\"%.60s\"), expected %s",
                       command->name, o->operands[command->most],
                       command->most ? command->operands : "nothing more");
    for (size_t i = 0; i < o->n_operands; i++)
        if (!*o->operands[i])
            return hs_fail(err, HS_E_USAGE, "%s: found an empty operand, expected %s",
                           command->name, command->operands);
    return HS_OK;
}

/* Options are parsed before the command is known, so whether they belong to it is checked
 * afterwards. */
static enum hs_status check_command(const struct hs_options *o, const bool *given,
                                    struct hs_error *err)
{
    const struct hs_command_row *command;
    if (!o->command && !o->help && !o->version)
        return hs_fail(err, HS_E_USAGE, "found no command (see hindsight --help)");
    if (!o->command)
        return HS_OK;
    enum hs_status status = find_command(o->command, &command, err);
    if (status != HS_OK || o->help || o->version)
        return status;
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        if (!given[i] || (row->commands & command->bit))
            continue;
        /* an option that stands in the table twice, with and without an argument */
        if (i && without_argument(row - 1) == row && (row[-1].commands & command->bit))
            return hs_fail(err, HS_E_USAGE, "--%s: found no argument, expected %s", row->name,
                           row[-1].argument);
        return hs_fail(err, HS_E_USAGE, "%s has no option --%s%s (see hindsight %s --help)",
                       command->name, row->name, without_argument(row) ? " with an argument" : "",
                       command->name);
    }
    return check_operands(o, command, err);
}

/* `hindsight help [COMMAND]` is `hindsight [COMMAND] --help`. */
static void take_operands(struct hs_options *o, int argc, char **argv)
{
    int first = optind;
    if (first < argc && !strcmp(argv[first], "help")) {
        o->help = true;
        first++;
    }
    if (first < argc)
        o->command = argv[first++];
    o->operands = (const char *const *)argv + first;
    o->n_operands = first < argc ? (size_t)(argc - first) : 0;
}

/* Options may stand before and behind the command, so that which of them it takes is checked at the
 * end. */
enum hs_status hs_options_parse(int argc, char **argv, struct hs_arena *a, struct hs_options *o,
                                struct hs_error *err)
{
    struct getopt_tables *t = HS_ARENA_NEW(a, struct getopt_tables);
    bool given[MOST_ROWS] = {false};
    *o = (struct hs_options){
        .jobs = hs_processors(MOST_JOBS), .color = "auto", .clip_format = "opus"};
    make_tables(t);
    optind = 0;
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, t->shorts, t->longs, NULL)) != -1;) {
        const char *word = argv[optind - 1];
        const struct hs_option_row *row = row_of(code == ':' ? optopt : code);
        if (code == '?')
            return unknown_option(word, optopt, err);
        if (code == ':')
            return hs_fail(err, HS_E_USAGE, "--%s: found no argument, expected %s", row->name,
                           row->argument);
        /* "--clips all" of audit, "--clips" of work: the next word decides */
        if (without_argument(row) && !optarg) {
            if (is_choice(row, argv[optind]))
                optarg = argv[optind++];
            else
                row = without_argument(row);
        }
        given[row - hs_option_rows] = true;
        enum hs_status status = set(o, row, optarg, err);
        if (status != HS_OK)
            return status;
    }
    take_operands(o, argc, argv);
    return check_command(o, given, err);
}

/* --color, then NO_COLOR, then whether the stream is a terminal that can show colour. */
bool hs_options_color(const struct hs_options *o, int fd)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (strcmp(o->color, "auto"))
        return !strcmp(o->color, "always");
    return !(no && *no) && isatty(fd) && term && strcmp(term, "dumb");
}
