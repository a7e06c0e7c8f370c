/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was asked on the command line, filled from the one option table (cli/table.h).
 * Texts belong to argv or to the arena given to hs_options_parse.
 */
#ifndef HS_CLI_OPTIONS_H
#define HS_CLI_OPTIONS_H

#include "core/log.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_options {
    const char *command;         /* "audit", ...; NULL: none was given */
    const char *const *operands; /* what is no option */
    size_t n_operands;
    int jobs;     /* -j: threads, default all processors that may be used */
    int n_shards; /* -n; 0: not said */
    bool quiet, verbose, json;
    bool help, version;
    const char *color; /* "auto" "always" "never" */
    const char *store; /* --store DIR, NULL */
    const char *out;   /* -o, NULL */
    bool no_clips, clips, retry_quarantine, rehash, shared_state, dry_run, check, prune, by_artist;
    bool single_file, zip, anonymous, all, csv;
    const char *clip_format;                       /* "opus" "aac" */
    const char *which_clips;                       /* "all"; NULL: those that are listed */
    unsigned survival;                             /* a set of model/survival.h */
    const char *targets, *reference, *job, *write; /* of preview; NULL */
    const char *stems;                             /* --stems DIR of compare; NULL */
    bool no_eq;
    double wait_lock_s;
    enum hs_severity fail_on, fail_on_any; /* HS_NO_FAULT: not asked */
};

/* A command: prints to standard output, messages to `log`, returns the exit code. */
typedef int hs_command(const struct hs_options *o, const struct hs_log *log);

hs_command hs_cmd_audit, hs_cmd_measure, hs_cmd_compare, hs_cmd_check, hs_cmd_verify,
    hs_cmd_preview, hs_cmd_explain, hs_cmd_answer, hs_cmd_digest, hs_cmd_init, hs_cmd_store,
    hs_cmd_generate, hs_cmd_split, hs_cmd_work, hs_cmd_merge;

/* HS_E_USAGE with a message that names the nearest command or option. The number of
 * operands and the options of a command are checked too, unless help or version was
 * asked for. argv is permuted. Not for two threads at a time (getopt). */
enum hs_status hs_options_parse(int argc, char **argv, struct hs_arena *a, struct hs_options *o,
                                struct hs_error *err);
/* Should text on this file descriptor be coloured? --color, NO_COLOR, TERM, a terminal.
 */
bool hs_options_color(const struct hs_options *o, int fd);

#endif
