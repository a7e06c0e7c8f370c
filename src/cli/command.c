/* SPDX-License-Identifier: Apache-2.0 */
/* From the command line to a command: options are parsed by the table, then the function of the
 * command runs and gives the exit code. `hindsight worker FD` is the worker process and has no
 * options. */
#include "cli/command.h"

#include "cli/help.h"
#include "cli/options.h"
#include "cli/print.h"
#include "cli/table.h"
#include "cli/versions.h"
#include "core/print.h"
#include "media/library.h"
#include "pool/worker.h"
#include "run/exit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* systemd says with JOURNAL_STREAM=DEVICE:INODE which stream goes to its journal. */
static bool is_journal(int fd)
{
    unsigned long long device, inode;
    struct stat st;
    const char *stream = getenv("JOURNAL_STREAM");
    return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && !fstat(fd, &st) &&
           device == (unsigned long long)st.st_dev && inode == (unsigned long long)st.st_ino;
}

/* The log goes to standard error; colour and journal marks depend on where that leads. */
static struct hs_log log_of(const struct hs_options *o)
{
    return (struct hs_log){.out = stderr,
                           .level = o->quiet     ? HS_LOG_QUIET
                                    : o->verbose ? HS_LOG_VERBOSE
                                                 : HS_LOG_NORMAL,
                           .color = hs_options_color(o, STDERR_FILENO),
                           .journal = is_journal(STDERR_FILENO)};
}

static int print(struct hs_buf *text, const struct hs_log *log)
{
    return hs_cli_print(text, log) ? HS_EXIT_OK : HS_EXIT_FAILED;
}

static int print_version(const struct hs_log *log)
{
    struct hs_buf text = {0};
    hs_versions_put(&text);
    return print(&text, log);
}

/* The function of a command. Every row of the table of commands has one, so the search ends. */
static hs_command *command_of(unsigned bit)
{
    static const struct {
        unsigned bit;
        hs_command *run;
    } rows[] = {
        {HS_CMD_INIT, hs_cmd_init},         {HS_CMD_CHECK, hs_cmd_check},
        {HS_CMD_AUDIT, hs_cmd_audit},       {HS_CMD_MEASURE, hs_cmd_measure},
        {HS_CMD_COMPARE, hs_cmd_compare},   {HS_CMD_VERIFY, hs_cmd_verify},
        {HS_CMD_ANSWER, hs_cmd_answer},     {HS_CMD_DIGEST, hs_cmd_digest},
        {HS_CMD_EXPLAIN, hs_cmd_explain},   {HS_CMD_STORE, hs_cmd_store},
        {HS_CMD_GENERATE, hs_cmd_generate}, {HS_CMD_PREVIEW, hs_cmd_preview},
        {HS_CMD_SPLIT, hs_cmd_split},       {HS_CMD_WORK, hs_cmd_work},
        {HS_CMD_MERGE, hs_cmd_merge},
    };
    size_t i = 0;
    while (rows[i].bit != bit)
        i++;
    return rows[i].run;
}

/* Version and help come before the command, also where both are given. */
static int run(const struct hs_options *o)
{
    struct hs_log log = log_of(o);
    const struct hs_command_row *command = o->command ? hs_command_find(o->command) : NULL;
    if (o->version)
        return print_version(&log);
    if (o->help || !command) {
        struct hs_buf text = {0};
        hs_help_put(command, &text);
        return print(&text, &log);
    }
    return command_of(command->bit)(o, &log);
}

/* "worker" is not a command of the table: pool/child.c starts it with the number of threads. */
int hs_run_main(int argc, char **argv)
{
    struct hs_arena a = {0};
    struct hs_options o;
    struct hs_error err = {0};
    int code;
    hs_print_prepare();
    hs_media_init(); /* `init` looks into files itself, without a worker */
    if (argc == 3 && !strcmp(argv[1], "worker"))
        return hs_worker_main(atoi(argv[2]));
    if (hs_options_parse(argc, argv, &a, &o, &err) == HS_OK) {
        code = run(&o);
    } else {
        struct hs_log log = log_of(&o);
        hs_log_error(&log, "%s", err.msg);
        code = HS_EXIT_USAGE;
    }
    hs_arena_free(&a);
    return code;
}
