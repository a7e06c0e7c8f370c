/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function a shell walks over the tables of commands and options and writes its script: names
 * of commands, options by command, choices of arguments, files or folders or rules as operands.
 * Help texts are guarded against the characters that mean something to the shell.
 */
#include "cli/complete.h"
#include "cli/table.h"
#include "judge/rule.h"

#include <string.h>

/* Options of a command; NULL: those that all commands have. */
static bool belongs(const struct hs_option_row *row, const struct hs_command_row *command)
{
    if (!command)
        return row->commands == HS_ALL_COMMANDS;
    return (row->commands & command->bit) != 0;
}

/* Commands, without the hidden ones. */
static void put_names(struct hs_buf *out)
{
    const char *gap = "";
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, "%s%s", gap, hs_commands[i].name);
        gap = " ";
    }
}

static void put_rules(struct hs_buf *out)
{
    for (size_t i = 0; i < hs_rule_count(); i++)
        hs_buf_printf(out, "%s%s", i ? " " : "", hs_rule_at(i)->id);
}

static void put_choices(struct hs_buf *out, const struct hs_option_row *row)
{
    for (size_t i = 0; row->choices[i]; i++)
        hs_buf_printf(out, "%s%s", i ? " " : "", row->choices[i]);
}

/* All spellings of the options of a command, as compgen takes them. */
static void bash_options(struct hs_buf *out, const struct hs_command_row *command)
{
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        if (!belongs(row, command))
            continue;
        hs_buf_printf(out, " --%s", row->name);
        if (row->letter)
            hs_buf_printf(out, " -%c", row->letter);
    }
}

/* What follows an option that takes an argument. */
static void bash_arguments(struct hs_buf *out)
{
    for (size_t i = 0; i < hs_n_option_rows; i++) {
        const struct hs_option_row *row = &hs_option_rows[i];
        if (!row->argument)
            continue;
        hs_buf_printf(out, "    --%s", row->name);
        if (row->letter)
            hs_buf_printf(out, " | -%c", row->letter);
        hs_buf_puts(out, ")\n        ");
        if (row->choices) {
            hs_buf_puts(out, "COMPREPLY=($(compgen -W '");
            put_choices(out, row);
            hs_buf_puts(out, "' -- \"$cur\"))");
        } else if (row->kind == HS_OPT_PATH) {
            hs_buf_puts(out, "compopt -o filenames 2>/dev/null\n        "
                             "COMPREPLY=($(compgen -f -- \"$cur\"))");
        } else {
            hs_buf_puts(out, "COMPREPLY=()");
        }
        hs_buf_puts(out, "\n        return\n        ;;\n");
    }
}

/* The script: the command is the first word without a hyphen; then the argument of an option, an
 * option, a rule (explain) or a file is completed. */
void hs_completion_bash(struct hs_buf *out)
{
    hs_buf_puts(out, "# bash completion for hindsight, made by hindsight generate bash\n"
                     "_hindsight() {\n"
                     "    local cur=${COMP_WORDS[COMP_CWORD]} "
                     "prev=${COMP_WORDS[COMP_CWORD - 1]} command= options= i\n"
                     "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "        case ${COMP_WORDS[i]} in -*) ;; *)\n"
                     "            command=${COMP_WORDS[i]}\n            break\n"
                     "            ;;\n        esac\n    done\n"
                     "    case $prev in\n");
    /* what may stand behind an option */
    bash_arguments(out);
    hs_buf_puts(out, "    esac\n    case $command in\n    '')\n        options='");
    put_names(out);
    bash_options(out, NULL);
    hs_buf_puts(out, "'\n        ;;\n");
    /* each command has options of its own */
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, "    %s)\n        options='", hs_commands[i].name);
        bash_options(out, &hs_commands[i]);
        hs_buf_puts(out, "'\n        ;;\n");
    }
    hs_buf_puts(out, "    esac\n"
                     "    if [[ -z $command || $cur == -* ]]; then\n"
                     "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
                     "    elif [[ $command == explain ]]; then\n"
                     "        COMPREPLY=($(compgen -W '");
    put_rules(out);
    hs_buf_puts(out, "' -- \"$cur\"))\n"
                     "    else\n"
                     "        compopt -o filenames 2>/dev/null\n"
                     "        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
                     "    fi\n}\ncomplete -F _hindsight hindsight\n");
}

/* Help inside [...] within single quotes: brackets, colons and quotes guarded. */
static void zsh_text(struct hs_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            hs_buf_puts(out, "'\\''");
        else if (strchr("[]:\\", *text))
            hs_buf_printf(out, "\\%c", *text);
        else
            hs_buf_putc(out, *text);
    }
}

/* One line of `_arguments`. */
static void zsh_option(struct hs_buf *out, const struct hs_option_row *row)
{
    hs_buf_puts(out, "        ");
    if (row->letter)
        hs_buf_printf(out, "'(-%c --%s)'{-%c,--%s%s}", row->letter, row->name, row->letter,
                      row->name, row->argument ? "=" : "");
    else
        hs_buf_printf(out, "--%s%s", row->name, row->argument ? "=" : "");
    hs_buf_puts(out, "'[");
    zsh_text(out, row->help);
    hs_buf_putc(out, ']');
    if (row->choices) {
        hs_buf_printf(out, ":%s:(", row->argument);
        put_choices(out, row);
        hs_buf_putc(out, ')');
    } else if (row->argument) {
        hs_buf_printf(out, ":%s:%s", row->argument, row->kind == HS_OPT_PATH ? "_files" : " ");
    }
    hs_buf_puts(out, "'\n");
}

/* The options of a command; NULL: those of all commands. */
static void zsh_options(struct hs_buf *out, const struct hs_command_row *command)
{
    for (size_t i = 0; i < hs_n_option_rows; i++)
        if (belongs(&hs_option_rows[i], command))
            zsh_option(out, &hs_option_rows[i]);
}

/* The script: options by command, then `_arguments` with the operand of the command. */
void hs_completion_zsh(struct hs_buf *out)
{
    hs_buf_puts(out, "#compdef hindsight\n# made by hindsight generate zsh\n"
                     "_hindsight() {\n    local context state state_descr line\n"
                     "    local -a options commands\n    typeset -A opt_args\n"
                     "    commands=(\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, "        '%s:", hs_commands[i].name);
        zsh_text(out, hs_commands[i].summary);
        hs_buf_puts(out, "'\n");
    }
    hs_buf_puts(out, "    )\n    options=(\n");
    zsh_options(out, NULL);
    hs_buf_puts(out, "    )\n    local command=${words[(r)(");
    for (size_t i = 0, n = 0; i < hs_n_commands; i++)
        if (!hs_commands[i].hidden)
            hs_buf_printf(out, "%s%s", n++ ? "|" : "", hs_commands[i].name);
    hs_buf_puts(out, ")]}\n    case $command in\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, "    %s) options=(\n", hs_commands[i].name);
        zsh_options(out, &hs_commands[i]);
        hs_buf_puts(out, "        ) ;;\n");
    }
    hs_buf_puts(out, "    esac\n    local operand=_files\n"
                     "    [[ $command == explain ]] && operand='(");
    put_rules(out);
    hs_buf_puts(out, ")'\n"
                     "    _arguments -S $options '1: :->command' \"*:operand:$operand\"\n"
                     "    [[ $state == command ]] && _describe command commands\n"
                     "}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
                     "    _hindsight \"$@\"\nelse\n    compdef _hindsight hindsight\nfi\n");
}

/* Text in single quotes; quotes and backslashes in it are guarded. */
static void fish_text(struct hs_buf *out, const char *text)
{
    hs_buf_putc(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            hs_buf_putc(out, '\\');
        hs_buf_putc(out, *text);
    }
    hs_buf_putc(out, '\'');
}

/* One line of `complete`, for the commands that take the option. */
static void fish_option(struct hs_buf *out, const struct hs_option_row *row)
{
    hs_buf_puts(out, "complete -c hindsight");
    /* only behind the commands that take it */
    if (row->commands != HS_ALL_COMMANDS) {
        hs_buf_puts(out, " -n '__fish_seen_subcommand_from");
        for (size_t i = 0; i < hs_n_commands; i++)
            if ((row->commands & hs_commands[i].bit) && !hs_commands[i].hidden)
                hs_buf_printf(out, " %s", hs_commands[i].name);
        hs_buf_putc(out, '\'');
    }
    hs_buf_printf(out, " -l %s", row->name);
    if (row->letter)
        hs_buf_printf(out, " -s %c", row->letter);
    if (row->choices) {
        hs_buf_puts(out, " -x -a '");
        put_choices(out, row);
        hs_buf_putc(out, '\'');
    } else if (row->argument) {
        hs_buf_puts(out, row->kind == HS_OPT_PATH ? " -r -F" : " -x");
    }
    hs_buf_puts(out, " -d ");
    fish_text(out, row->help);
    hs_buf_putc(out, '\n');
}

/* The script: one `complete` line for each command and option. */
void hs_completion_fish(struct hs_buf *out)
{
    hs_buf_puts(out, "# fish completion for hindsight, made by hindsight generate fish\n");
    for (size_t i = 0; i < hs_n_commands; i++) {
        if (hs_commands[i].hidden)
            continue;
        hs_buf_printf(out, "complete -c hindsight -n __fish_use_subcommand -f -a %s -d ",
                      hs_commands[i].name);
        fish_text(out, hs_commands[i].summary);
        hs_buf_putc(out, '\n');
    }
    hs_buf_puts(out, "complete -c hindsight -n '__fish_seen_subcommand_from explain' -f -a '");
    put_rules(out);
    hs_buf_puts(out, "'\n");
    for (size_t i = 0; i < hs_n_option_rows; i++)
        fish_option(out, &hs_option_rows[i]);
}
