/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables from which parsing, --help, the manual and the completions are made: commands,
 * options, exit codes. A new command is one row here and one function in cmd_NAME.c; a new option
 * is one row and one field of struct hs_options.
 */
#include "cli/table.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

const struct hs_command_row hs_commands[] = {
    {"init", HS_CMD_INIT, "DIR...", "folder", 1, SIZE_MAX,
     "build a job file from folders: pairs masters with mixes",
     "Builds the job file of an archive: tells masters from mixes by folder, name, tags and "
     "loudness, pairs them by name and length and, where names fail, by the audio itself. Every "
     "pair has its confidence and its reason beside it. A job file that is there already is added "
     "to: what stands in it stays. Exit code 3 where a pair is ambiguous or a file cannot be read: "
     "both are marked in the job file.",
     false},
    {"check", HS_CMD_CHECK, "JOB", "job", 1, 1, "read the job file and list pairs and files",
     "Reads the job file and lists every track with its master and mix, the files that "
     "are "
     "missing and the pairs that are ambiguous. Does not read audio.",
     false},
    {"audit", HS_CMD_AUDIT, "JOB", "job", 1, 1, "measure, judge and report a back catalogue",
     "The main job: measures every master and mix of the job file, finds out what "
     "mastering "
     "changed, judges, and writes the report. What has been measured before is not "
     "measured "
     "again. The report is published whole or not at all.",
     false},
    {"measure", HS_CMD_MEASURE, "FILE...", "file", 1, SIZE_MAX,
     "print the measures of single files", "Prints the measures of single files, without verdicts.",
     false},
    {"compare", HS_CMD_COMPARE, "MIX MASTER", "file", 2, 2,
     "what mastering did to one mix, or to a folder",
     "Lines a mix up with its master and says what mastering did: in sentences, then in "
     "numbers (delay, speed, gain, equalisation, width, devices and what is left "
     "unexplained), then the findings with their origin. Two folders, mixes first, are paired "
     "as `init` does: one table. Exit code 3 where it cannot be said whether they belong "
     "together.",
     false},
    {"verify", HS_CMD_VERIFY, "JOB", "job", 1, 1, "hold corrected files against their plans",
     "Compares each `update:` file of the job with the file that it replaces: what was "
     "planned (OUT/plans/ID.yaml of the audit, as it stands now), what was done, and what "
     "else moved by more than an audible step. What the audit has measured is not measured "
     "again. Writes OUT/verify.html, with before, planned and after to listen to.",
     false},
    {"preview", HS_CMD_PREVIEW, "MIX...", "file", 1, SIZE_MAX,
     "what mastering will expose, and from which loudness on",
     "Masters each mix in house, by one fixed chain at several loudness targets, and says what the "
     "rules find in the results at equal loudness: from which loudness on each fault shows, what "
     "holds the gain, how loud the mix can be, and what a mastering engineer will ask for. It is "
     "no mastering tool: nothing is written without --write. With --job the mix is held against "
     "the references of that job, and it is told how far such previews came true on its pairs.",
     false},
    {"answer", HS_CMD_ANSWER, "JOB FILE", "job", 2, 2,
     "write answers of a report into the job file",
     "Merges answers that were given in a report (answers.yaml) into the job file: what is heard, "
     "what is not heard, what is on purpose. Comments and order stay; the difference is printed; "
     "a file in which anything else would change is left alone.",
     false},
    {"digest", HS_CMD_DIGEST, "REPORT...", "folder", 1, SIZE_MAX,
     "one overview over the last night of many jobs",
     "Prints one line a report: what is new, worse and resolved since the run before, what is "
     "unfinished, and where to look.",
     false},
    {"explain", HS_CMD_EXPLAIN, "[RULE]", "rule", 0, 1, "a rule in words, or the list of rules",
     "Explains a rule: what is measured, where the limits stand and where they come "
     "from. "
     "Also takes the name of a measure, a destination of survival (car_50, codecs), a verdict over "
     "the catalogue (recurs, leans), or plain "
     "words such as \"vocals too bright\". "
     "Without RULE it lists all rules.",
     false},
    {"store", HS_CMD_STORE, "DIR", "folder", 1, 1, "look after what an audit keeps of its measures",
     "Says what the store of a report (or of --store) holds. With --check every row is read "
     "and held against its checksum; with --prune the rows of files that are gone are dropped.",
     false},
    {"split", HS_CMD_SPLIT, "JOB", "job", 1, 1, "cut an audit into shards for a cluster",
     "Writes into RUN (-o) what each of N shards (-n) has to measure, of even weight by the length "
     "of the audio, with scripts for Slurm (submit.sh). A mix and its master stay together. "
     "Then: work on every node, merge, and audit --store RUN/store.",
     false},
    {"work", HS_CMD_WORK, "RUN [SHARD]", "folder", 1, 2, "measure one shard of a run",
     "Measures shard SHARD (0 to N-1; by itself the index of the job array: Slurm, PBS, "
     "Kubernetes, AWS Batch, LSF, Grid Engine or HINDSIGHT_SHARD) into a store on local disk and "
     "publishes it as a part by one rename. May be killed, requeued, or run twice at once; what "
     "was measured already is not measured again. With --clips, after merge and an audit without "
     "clips, the share of this shard in the clips of the report.",
     false},
    {"merge", HS_CMD_MERGE, "RUN", "folder", 1, 1, "join what the shards measured into one store",
     "Checks every part of a run and takes it into RUN/store. Says which shards are missing in the "
     "words of sbatch (17,203-205), with exit code 3. May be repeated.",
     false},
    {"generate", HS_CMD_GENERATE, "KIND", "shell", 1, 1, "print the manual or a completion",
     "Prints the manual page (man), the completions of a shell (bash, zsh, fish), the keys of "
     "the job file (keys) or the words that `heard:` understands (words).",
     true},
};
const size_t hs_n_commands = sizeof hs_commands / sizeof *hs_commands;

static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const codecs[] = {"opus", "aac", NULL};
static const char *const all_clips[] = {"all", NULL};
static const char *const severities[] = {"note", "minor", "moderate", "severe", NULL};

#define AT(field) offsetof(struct hs_options, field)

const struct hs_option_row hs_option_rows[] = {
    {"output", 'o', HS_CMD_INIT | HS_CMD_AUDIT | HS_CMD_VERIFY | HS_CMD_SPLIT, HS_OPT_PATH, "PATH",
     NULL,
     "write there: the folder of the report (audit, verify; default reports/NAME), the job file "
     "(init; default standard output), the folder of the run (split)",
     AT(out)},
    {"dry-run", 0, HS_CMD_ANSWER, HS_OPT_FLAG, NULL, NULL, "print the difference, write nothing",
     AT(dry_run)},
    {"by-artist", 0, HS_CMD_INIT, HS_OPT_FLAG, NULL, NULL,
     "a job file for each artist, into the folder of -o", AT(by_artist)},
    {"single-file", 0, HS_CMD_AUDIT, HS_OPT_FLAG, NULL, NULL,
     "also write report.html: the first screen, the short list and its songs with their clips in "
     "one file, to be mailed; without lessons",
     AT(single_file)},
    {"zip", 0, HS_CMD_AUDIT, HS_OPT_FLAG, NULL, NULL,
     "also write report.zip, with the whole report", AT(zip)},
    {"anonymous", 0, HS_CMD_AUDIT, HS_OPT_FLAG, NULL, NULL,
     "leave out the names of artist, records, songs, engineers and listeners; it replaces the "
     "report in that folder (-o names another), and answers given in it do not fit the job",
     AT(anonymous)},
    {"survival", 0, HS_CMD_AUDIT | HS_CMD_MEASURE, HS_OPT_DESTINATIONS, "LIST", NULL,
     "where it has to hold up: platforms, codecs, all_codecs, whole_codecs, whole_all_codecs, fm, "
     "car, phone, club, vinyl, with commas, or all",
     AT(survival)},
    {"all", 0, HS_CMD_MEASURE, HS_OPT_FLAG, NULL, NULL,
     "print every measure, not the twelve first asked", AT(all)},
    {"csv", 0, HS_CMD_MEASURE, HS_OPT_FLAG, NULL, NULL, "print one row a file, for a spreadsheet",
     AT(csv)},
    {"no-clips", 0, HS_CMD_AUDIT | HS_CMD_VERIFY, HS_OPT_FLAG, NULL, NULL,
     "leave out the audio clips of the pages", AT(no_clips)},
    {"clips", 0, HS_CMD_AUDIT, HS_OPT_CHOICE, "all", all_clips,
     "clips for all songs with faults, not only for those of the first screen, the short list "
     "and the lessons",
     AT(which_clips)},
    {"clips", 0, HS_CMD_WORK, HS_OPT_FLAG, NULL, NULL,
     "after merging and an audit without clips: cut the share of this shard in the clips that the "
     "report needs",
     AT(clips)},
    {"clip-format", 0, HS_CMD_AUDIT | HS_CMD_VERIFY, HS_OPT_CHOICE, "CODEC", codecs,
     "encode the clips as opus (the default) or as aac, which older Safari plays", AT(clip_format)},
    {"fail-on", 0, HS_CMD_AUDIT, HS_OPT_SEVERITY, "SEVERITY", severities,
     "exit with 4 where a finding is new or worse since the last run and at least this "
     "severe",
     AT(fail_on)},
    {"fail-on-any", 0, HS_CMD_AUDIT, HS_OPT_SEVERITY, "SEVERITY", severities,
     "exit with 4 where any finding is at least this severe", AT(fail_on_any)},
    {"stems", 0, HS_CMD_COMPARE, HS_OPT_PATH, "DIR", NULL,
     "a folder of stems of that mix, named by what they are: levels of instruments, too",
     AT(stems)},
    {"targets", 0, HS_CMD_PREVIEW, HS_OPT_TEXT, "LUFS,...", NULL,
     "loudness targets, such as -16,-14,-11.5; default: -16,-14,-12,-10,-8", AT(targets)},
    {"reference", 0, HS_CMD_PREVIEW, HS_OPT_PATH, "FILE", NULL,
     "a master whose tone the equaliser goes half the way to", AT(reference)},
    {"job", 0, HS_CMD_PREVIEW, HS_OPT_PATH, "JOB", NULL,
     "use the references and the pairs of this job, and the store of its audit", AT(job)},
    {"no-eq", 0, HS_CMD_PREVIEW, HS_OPT_FLAG, NULL, NULL, "leave out the equaliser", AT(no_eq)},
    {"write", 0, HS_CMD_PREVIEW, HS_OPT_PATH, "DIR", NULL,
     "write the results there, as WAV files of 32-bit floats", AT(write)},
    {"check", 0, HS_CMD_STORE, HS_OPT_FLAG, NULL, NULL,
     "exit with 1 where anything in it is damaged", AT(check)},
    {"prune", 0, HS_CMD_STORE, HS_OPT_FLAG, NULL, NULL,
     "drop what belongs to no file any more, and give the room back", AT(prune)},
    {"shards", 'n', HS_CMD_SPLIT, HS_OPT_SHARDS, "N", NULL, "how many shards", AT(n_shards)},
    {"wait-lock", 0, HS_CMD_AUDIT | HS_CMD_VERIFY | HS_CMD_STORE | HS_CMD_MERGE, HS_OPT_SECONDS,
     "SECONDS", NULL, "wait so long for another audit of the same report to end", AT(wait_lock_s)},
    {"retry-quarantine", 0, HS_CMD_AUDIT, HS_OPT_FLAG, NULL, NULL,
     "try again what ended the worker in three runs", AT(retry_quarantine)},
    {"rehash", 0, HS_CMD_AUDIT, HS_OPT_FLAG, NULL, NULL,
     "read every file, also where size, times and inode say that it has not changed", AT(rehash)},
    {"shared-state", 0,
     HS_CMD_AUDIT | HS_CMD_VERIFY | HS_CMD_STORE | HS_CMD_SPLIT | HS_CMD_WORK | HS_CMD_MERGE,
     HS_OPT_FLAG, NULL, NULL,
     "let the group of the store and of the report's state write them, too", AT(shared_state)},
    {"jobs", 'j', HS_ALL_COMMANDS, HS_OPT_COUNT, "N", NULL,
     "number of threads; default: one for each processor", AT(jobs)},
    {"quiet", 'q', HS_ALL_COMMANDS, HS_OPT_FLAG, NULL, NULL, "only warnings and errors", AT(quiet)},
    {"verbose", 'v', HS_ALL_COMMANDS, HS_OPT_FLAG, NULL, NULL, "say more", AT(verbose)},
    {"json", 0, HS_ALL_COMMANDS, HS_OPT_FLAG, NULL, NULL, "print JSON to standard output",
     AT(json)},
    {"color", 0, HS_ALL_COMMANDS, HS_OPT_CHOICE, "WHEN", whens,
     "colour: auto, always or never; NO_COLOR is respected", AT(color)},
    {"store", 0, HS_ALL_COMMANDS, HS_OPT_PATH, "DIR", NULL,
     "keep what was measured there; default: .hindsight in the report's folder", AT(store)},
    {"help", 'h', HS_ALL_COMMANDS, HS_OPT_HELP, NULL, NULL, "print help and end", AT(help)},
    {"version", 'V', HS_ALL_COMMANDS, HS_OPT_VERSION, NULL, NULL, "print the version and end",
     AT(version)},
};
const size_t hs_n_option_rows = sizeof hs_option_rows / sizeof *hs_option_rows;

const struct hs_exit_row hs_exit_rows[] = {
    {"0", "done"},
    {"1", "failed"},
    {"2", "the command line or the job file is wrong"},
    {"3", "done, but work is unfinished, some files could not be read or some pairs are ambiguous"},
    {"4", "the severity of --fail-on or --fail-on-any was reached; verify: a correction was not "
          "done or went past the centre, or something strayed"},
    {"11", "another audit holds the lock"},
    {"12", "too many files are missing (an unmounted disk); the last report was left alone"},
    {"130", "interrupted"},
    {"143", "terminated"},
};
const size_t hs_n_exit_rows = sizeof hs_exit_rows / sizeof *hs_exit_rows;

const struct hs_command_row *hs_command_find(const char *name)
{
    for (size_t i = 0; i < hs_n_commands; i++)
        if (!strcmp(hs_commands[i].name, name))
            return &hs_commands[i];
    return NULL;
}
