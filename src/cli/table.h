/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one table of commands and options. Parsing, --help, the manual and the shells' completions
 * are made from it. Read-only; names end with the table.
 */
#ifndef HS_CLI_TABLE_H
#define HS_CLI_TABLE_H

#include "cli/options.h"

/* Bits of the commands. */
enum {
    HS_CMD_INIT = 1 << 0,
    HS_CMD_CHECK = 1 << 1,
    HS_CMD_AUDIT = 1 << 2,
    HS_CMD_MEASURE = 1 << 3,
    HS_CMD_COMPARE = 1 << 4,
    HS_CMD_VERIFY = 1 << 5,
    HS_CMD_ANSWER = 1 << 6,
    HS_CMD_DIGEST = 1 << 7,
    HS_CMD_EXPLAIN = 1 << 8,
    HS_CMD_STORE = 1 << 9,
    HS_CMD_GENERATE = 1 << 10,
    HS_CMD_PREVIEW = 1 << 11,
    HS_CMD_SPLIT = 1 << 12,
    HS_CMD_WORK = 1 << 13,
    HS_CMD_MERGE = 1 << 14,
};

struct hs_command_row {
    const char *name;
    unsigned bit;             /* for hs_option_row.commands */
    const char *operands;     /* "JOB", "FILE...", "[RULE]" */
    const char *operand_kind; /* for completions: "file" "folder" "rule" "shell" */
    size_t least, most;       /* number of operands; most SIZE_MAX: any */
    const char *summary;      /* one line */
    const char *text;         /* a paragraph for help and manual */
    bool hidden;
};

enum hs_option_kind {
    HS_OPT_FLAG,
    HS_OPT_COUNT,  /* of threads */
    HS_OPT_SHARDS, /* how many */
    HS_OPT_SECONDS,
    HS_OPT_CHOICE,
    HS_OPT_SEVERITY,
    HS_OPT_PATH,
    HS_OPT_DESTINATIONS,
    HS_OPT_TEXT,
    HS_OPT_HELP,
    HS_OPT_VERSION
};

struct hs_option_row {
    const char *name;  /* without dashes */
    char letter;       /* 0: none */
    unsigned commands; /* bits; HS_ALL_COMMANDS: common */
    enum hs_option_kind kind;
    const char *argument;       /* "N", "DIR"; NULL for a flag */
    const char *const *choices; /* NULL-terminated, or NULL */
    const char *help;
    size_t offset; /* in struct hs_options */
};

#define HS_ALL_COMMANDS (~0u)

extern const struct hs_command_row hs_commands[];
extern const size_t hs_n_commands;
extern const struct hs_option_row hs_option_rows[];
extern const size_t hs_n_option_rows;

struct hs_exit_row {
    const char *codes, *meaning;
};
extern const struct hs_exit_row hs_exit_rows[];
extern const size_t hs_n_exit_rows;

const struct hs_command_row *hs_command_find(const char *name);

#endif
