/* SPDX-License-Identifier: Apache-2.0 */
/* The manual page in mdoc, from the tables of commands, options, exit codes and job
 * keys. */
#include "cli/manual.h"
#include "cli/table.h"
#include "job/keys.h"

#include <string.h>

/* Text of a line: backslash and hyphen-minus as roff wants them; a line that would
 * begin as a request is guarded. */
static void put_text(struct hs_buf *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        hs_buf_puts(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            hs_buf_puts(out, "\\e");
        else if (*text == '-')
            hs_buf_puts(out, "\\-");
        else
            hs_buf_putc(out, *text);
    }
}

/* A sentence begins a line, and no line is longer than 78 characters. */
static void put_line(struct hs_buf *out, const char *text)
{
    char word[80];
    size_t at = 0;
    bool fresh = true;
    while (*text) {
        size_t n = strcspn(text, " ");
        size_t kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, text, kept);
        word[kept] = '\0';
        if (at + 1 + kept > 78)
            fresh = true;
        if (at)
            hs_buf_putc(out, fresh ? '\n' : ' ');
        put_text(out, word);
        at = fresh ? kept : at + 1 + kept;
        fresh = kept && strchr(".?!", word[kept - 1]);
        text += kept + (text[kept] == ' ');
    }
    hs_buf_putc(out, '\n');
}

/* An argument of a macro, quoted as a whole. */
static void put_quoted(struct hs_buf *out, const char *text)
{
    hs_buf_putc(out, '"');
    put_text(out, text);
    hs_buf_putc(out, '"');
}

/* Name, synopsis and description, with one entry for each command. */
static void put_head(struct hs_buf *out)
{
    hs_buf_puts(out, ".\\\" made by hindsight generate man\n"
                     ".Dd $Mdocdate$\n.Dt HINDSIGHT 1\n.Os\n"
                     ".Sh NAME\n.Nm hindsight\n"
                     ".Nd audit a back catalogue of mixes and masters\n.Sh SYNOPSIS\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, ".Nm\n.Cm %s\n.Op Ar OPTION ...\n.Ar ", hs_commands[i].name);
        put_quoted(out, hs_commands[i].operands);
        hs_buf_puts(out, "\n");
    }
    hs_buf_puts(out, ".Sh DESCRIPTION\n.Nm\n");
    put_line(out, "listens to the released masters of a back catalogue and to the mixes they "
                  "were made from. It lists what is out of balance in each master, tells "
                  "which faults were already in the mix and which ones mastering brought in, "
                  "exposed, eased or cured, finds the mistakes that come again, and makes a "
                  "short list of tracks worth re-issuing.");
    hs_buf_puts(out, ".Pp\nThe commands are:\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, ".It Cm %s Ar ", hs_commands[i].name);
        put_quoted(out, hs_commands[i].operands);
        hs_buf_putc(out, '\n');
        put_line(out, hs_commands[i].text);
    }
    hs_buf_puts(out, ".El\n");
}

/* Options of a command; NULL: those of all commands. */
static void put_options(struct hs_buf *out, const struct hs_command_row *command)
{
    hs_buf_puts(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        bool common = row->commands == HS_ALL_COMMANDS;
        if (command ? common || !(row->commands & command->bit) : !common)
            continue;
        hs_buf_puts(out, ".It ");
        if (row->letter)
            hs_buf_printf(out, "Fl %c , ", row->letter);
        hs_buf_puts(out, "Fl \\-");
        put_text(out, row->name);
        if (row->argument)
            hs_buf_printf(out, " Ar %s", row->argument);
        hs_buf_putc(out, '\n');
        put_line(out, row->help);
    }
    hs_buf_puts(out, ".El\n");
}

/* Has the command an option of its own? */
static bool has_options(const struct hs_command_row *command)
{
    for (size_t i = 0; i < hs_n_option_rows; i++)
        if (hs_option_rows[i].commands != HS_ALL_COMMANDS &&
            (hs_option_rows[i].commands & command->bit))
            return true;
    return false;
}

static void put_all_options(struct hs_buf *out)
{
    hs_buf_puts(out, ".Sh OPTIONS\nOptions of all commands:\n");
    put_options(out, NULL);
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden || !has_options(&hs_commands[i]))
            continue;
        hs_buf_printf(out, ".Pp\nOptions of\n.Cm %s :\n", hs_commands[i].name);
        put_options(out, &hs_commands[i]);
    }
}

/* The keys of the job file by the place where they stand, each with its meaning and form. */
static void put_job_file(struct hs_buf *out)
{
    hs_buf_puts(out, ".Sh JOB FILE\nA job file is YAML in UTF\\-8.\nPlain values stay text: a "
                     "title 1999 is a title.\nAn unknown key is an error.\n");
    for (unsigned where = HS_IN_JOB; where <= HS_LAST_PLACE; where <<= 1) {
        hs_buf_puts(out, ".Pp\nKeys of ");
        put_text(out, hs_schema_place(where));
        hs_buf_puts(out, ":\n.Bl -tag -width Ds\n");
        for (size_t i = 0; i < hs_n_job_keys; i++) {
            const struct hs_job_key *key = &hs_job_keys[i];
            if (!(key->where & where))
                continue;
            hs_buf_printf(out, ".It Cm %s%s\n", key->name,
                          key->required & where ? " Pq required" : "");
            put_line(out, key->help);
            hs_buf_puts(out, "\\(en\n");
            put_line(out, key->form);
        }
        hs_buf_puts(out, ".El\n");
    }
}

/* Sections in the order that mdoc has. */
void hs_manual_put(struct hs_buf *out)
{
    put_head(out);
    put_all_options(out);
    put_job_file(out);
    hs_buf_puts(out, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
                     ".It Ev NO_COLOR\nNo colour, where set and not empty.\n"
                     ".It Ev HINDSIGHT_CPU\nLevel of the processor's kernels that is used: "
                     "baseline or v3.\n.El\n.Sh EXIT STATUS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < hs_n_exit_rows; i++) {
        hs_buf_printf(out, ".It %s\n", hs_exit_rows[i].codes);
        put_line(out, hs_exit_rows[i].meaning);
    }
    hs_buf_puts(out, ".El\n.Sh EXAMPLES\nThe plan of a job, then the report in "
                     ".Pa reports/catalogue :\n.Bd -literal -offset indent\n"
                     "hindsight check catalogue.yaml\nhindsight audit catalogue.yaml\n.Ed\n"
                     ".Pp\nThe loudness of one file:\n.Bd -literal -offset indent\n"
                     "hindsight measure \\-\\-json song.flac | jq '.[0].measures.integrated_lufs'\n"
                     ".Ed\n");
}

/* A table cell: bars would end it. */
static void put_cell(struct hs_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            hs_buf_putc(out, '\\');
        hs_buf_putc(out, *text);
    }
    hs_buf_puts(out, " | ");
}

/* The same keys as Markdown tables, for docs/. */
void hs_keys_put(struct hs_buf *out)
{
    for (unsigned where = HS_IN_JOB; where <= HS_LAST_PLACE; where <<= 1) {
        hs_buf_printf(out,
                      "\nKeys of %s:\n\n| key | what it says | what it looks like |\n"
                      "|---|---|---|\n",
                      hs_schema_place(where));
        for (size_t i = 0; i < hs_n_job_keys; i++) {
            const struct hs_job_key *key = &hs_job_keys[i];
            if (!(key->where & where))
                continue;
            hs_buf_printf(out, "| `%s`%s | ", key->name,
                          key->required & where ? " (required)" : "");
            put_cell(out, key->help);
            put_cell(out, key->form);
            out->len--;
            hs_buf_putc(out, '\n');
        }
    }
}
