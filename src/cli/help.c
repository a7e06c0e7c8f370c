/* SPDX-License-Identifier: Apache-2.0 */
/* --help of the program and of each command, made from the tables of cli/table.c: 79 columns, terms
 * to the left, texts from column 28 on. */
#include "cli/help.h"

#include <string.h>

enum { WIDTH = 79, INDENT = 28 };

/* Words of `text` from column `at` on, wrapped, later lines indented. */
static void put_wrapped(struct hs_buf *out, const char *text, size_t indent)
{
    size_t at = indent;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (at > indent && at + 1 + n > WIDTH) {
            hs_buf_printf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            hs_buf_putc(out, ' ');
            at++;
        }
        hs_buf_put(out, text, n);
        at += n;
        text += n + (text[n] == ' ');
    }
    hs_buf_putc(out, '\n');
}

/* A term in the left column, its text in the right one. */
static void put_row(struct hs_buf *out, const char *term, const char *text)
{
    size_t n = strlen(term);
    hs_buf_printf(out, "  %s", term);
    if (n + 4 > INDENT)
        hs_buf_printf(out, "\n%*s", INDENT, "");
    else
        hs_buf_printf(out, "%*s", (int)(INDENT - 2 - n), "");
    put_wrapped(out, text, INDENT);
}

/* Options of a command, or those that all have (`common`). */
static void put_options(struct hs_buf *out, unsigned bit, bool common)
{
    struct hs_buf term = {0};
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        if ((row->commands == HS_ALL_COMMANDS) != common || !(row->commands & bit))
            continue;
        hs_buf_clear(&term);
        if (row->letter)
            hs_buf_printf(&term, "-%c, ", row->letter);
        else
            hs_buf_puts(&term, "    ");
        hs_buf_printf(&term, "--%s%s%s", row->name, row->argument ? " " : "",
                      row->argument ? row->argument : "");
        put_row(out, term.data, row->help);
    }
    hs_buf_free(&term);
}

/* The exit codes that all commands share. */
static void put_exits(struct hs_buf *out)
{
    hs_buf_puts(out, "\nExit codes:\n");
    for (size_t i = 0; i < hs_n_exit_rows; i++)
        put_row(out, hs_exit_rows[i].codes, hs_exit_rows[i].meaning);
}

/* Help without a command: what the program is for, all commands, options of all. */
static void put_program(struct hs_buf *out)
{
    struct hs_buf term = {0};
    hs_buf_puts(out, "hindsight listens to a back catalogue with the hindsight nobody had "
                     "while mixing.\n\nUsage: hindsight COMMAND [OPTION]... OPERAND...\n"
                     "\nCommands:\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_clear(&term);
        hs_buf_printf(&term, "%s %s", hs_commands[i].name, hs_commands[i].operands);
        put_row(out, term.data, hs_commands[i].summary);
    }
    hs_buf_free(&term);
    hs_buf_puts(out, "\nOptions of all commands:\n");
    put_options(out, HS_ALL_COMMANDS, true);
    put_exits(out);
    hs_buf_puts(out, "\nhindsight COMMAND --help tells more about a command.\n");
}

/* NULL: of the program. */
void hs_help_put(const struct hs_command_row *command, struct hs_buf *out)
{
    bool own = false;
    if (!command) {
        put_program(out);
        return;
    }
    hs_buf_printf(out, "Usage: hindsight %s [OPTION]... %s\n\n", command->name, command->operands);
    put_wrapped(out, command->text, 0);
    for (size_t i = 0; i < hs_n_option_rows; i++)
        own |= hs_option_rows[i].commands != HS_ALL_COMMANDS &&
               (hs_option_rows[i].commands & command->bit);
    if (own)
        hs_buf_puts(out, "\nOptions:\n");
    put_options(out, command->bit, false);
    hs_buf_puts(out, "\nOptions of all commands:\n");
    put_options(out, command->bit, true);
    put_exits(out);
}
