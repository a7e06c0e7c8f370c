/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row a key: name, where it may stand, where it must stand, its form and meaning in words,
 * its reader and the field it fills. Messages, docs/job-file.md and the reader follow from this
 * table.
 */
#include "job/keys.h"

#include "core/text.h"
#include "job/read_file.h"
#include "job/read_nested.h"
#include "job/read_separate.h"
#include "job/read_value.h"

#include <stddef.h>
#include <string.h>

#define JOB(field) offsetof(struct hs_job, field)
#define TRACK(field) offsetof(struct hs_inherited, track.field)
#define ENTRY(field) offsetof(struct hs_inherited, field)
#define HEARD(field) offsetof(struct hs_heard, field)

#define TEXT "text"
#define NAME "text; of several people or kinds one text: \"Ann & Bob\""
#define YEAR "a year such as 2004"
#define GLOBS "a file, a pattern such as refs/*.flac, or a list of them"
#define SOURCE(field) offsetof(struct hs_source, field)
#define SEPARATE(field) offsetof(struct hs_separate, field)
#define PART(field) offsetof(struct hs_file_part, field)
#define FILE_FORM                                                                                  \
    "a file, {left: FILE, right: FILE}, {file: FILE, stream: N} or {file: FILE, cue: FILE, "       \
    "number: N}"
#define TICK "yes, no, null or not_applicable"

/* Within a place keys are read in this order: what others build on stands first. */
const struct hs_job_key hs_job_keys[] = {
    {"hindsight", HS_IN_JOB, 0, "1, the version of the format", "version of the job file's format",
     hs_read_version, 0},
    {"artist", HS_IN_JOB, 0, TEXT, "artist of the catalogue", hs_read_text, JOB(artist)},
    {"audio", HS_IN_JOB, 0, "a folder",
     "base of relative paths; default: the folder of the job file", hs_read_audio, JOB(audio_dir)},
    {"rules", HS_IN_JOB, 0, "a map of rule ids", "rules switched off or given a limit",
     hs_read_rules, 0},
    {"targets", HS_IN_JOB, 0, "a map with references, mix_references, profile",
     "what masters and mixes are judged against", hs_read_targets, 0},
    {"references", HS_IN_TARGETS, 0, GLOBS, "own reference masters", hs_read_references, 0},
    {"mix_references", HS_IN_TARGETS, 0, GLOBS, "what unmastered mixes sound like",
     hs_read_mix_references, 0},
    {"profile", HS_IN_TARGETS, 0, "the built-in distribution \"popular\"",
     "built-in distribution, used alone or blended with the references", hs_read_profile,
     JOB(profile)},
    {"budget", HS_IN_JOB, 0, "a map such as {hours: 40}", "working hours the short list may spend",
     hs_read_budget, 0},
    {"hours", HS_IN_BUDGET, HS_IN_BUDGET, "a number of hours", "working hours", hs_read_amount,
     JOB(budget_hours)},
    {"notify", HS_IN_JOB, 0, "a command", "command that is given the report's paths", hs_read_text,
     JOB(notify)},
    {"notify_limit", HS_IN_JOB, 0, "a number of seconds", "how long that command may take; else 60",
     hs_read_amount, JOB(notify_limit)},
    {"separate", HS_IN_JOB, 0, "a map with command and outputs",
     "program that takes files apart where there are no stems (docs/instruments.md)",
     hs_read_separate, JOB(separate)},
    {"command", HS_IN_SEPARATE, HS_IN_SEPARATE, "a list such as [demucs, -o, \"{out}\", \"{in}\"]",
     "the program and its arguments; {in} the file as WAV, {out} a private folder, {name}",
     hs_read_words, SEPARATE(command)},
    {"outputs", HS_IN_SEPARATE, HS_IN_SEPARATE, "a map such as {vocal: \"{name}/vocals.wav\"}",
     "what it makes in {out}, by what it holds; * and ? stand for any letters", hs_read_outputs, 0},
    {"version", HS_IN_SEPARATE, 0, "a list such as [demucs, --version]",
     "command whose output names the version: another one separates anew", hs_read_words,
     SEPARATE(version)},
    {"limit", HS_IN_SEPARATE, 0, "a time such as 30m", "how long one file may take; else 30m",
     hs_read_span, SEPARATE(limit_s)},
    {"memory", HS_IN_SEPARATE, 0, "a size such as 8G", "memory that it may take; else no limit",
     hs_read_size, SEPARATE(memory_bytes)},
    {"jobs", HS_IN_SEPARATE, 0, "1", "files taken apart at once: one", hs_read_one, 0},
    {"keep", HS_IN_SEPARATE, 0, "a folder", "where what it makes is left; else nowhere",
     hs_read_keep, 0},
    {"listener", HS_IN_JOB, 0, TEXT, "whose ear counts where several answer", hs_read_text,
     JOB(listener)},
    {"answers", HS_IN_JOB, 0, "a file",
     "answers given in the report; default: answers.yaml beside the job file", hs_read_answers, 0},
    {"survival", HS_IN_JOB, 0,
     "a list of platforms, codecs, all_codecs, whole_codecs, whole_all_codecs, fm, car, phone, "
     "club, vinyl or all",
     "where the music has to hold up; default: platforms", hs_read_survival, 0},
    {"platforms", HS_IN_JOB, 0, "a map such as {Spotify: -14, Tidal: off}",
     "targets of streaming services in LUFS, where they differ from the built-in ones",
     hs_read_platforms, 0},
    {"preview", HS_IN_JOB, 0, "yes or no",
     "master mixes that are to be released in house, and tell what mastering will expose",
     hs_read_flag, JOB(preview)},
    {"max_missing", HS_IN_JOB, 0, "a share such as 0.5 or 50%",
     "share of missing files above which an audit stops and keeps the last report; else 0.5",
     hs_read_share, JOB(max_missing)},
    {"defaults", HS_IN_JOB | HS_IN_RELEASE, 0, "a map", "values inherited by all below",
     hs_read_defaults, 0},

    {"id", HS_IN_TRACK, 0, "letters, digits and - . _ ~, at most 100, first a letter or digit",
     "stable name of the track in reports; default: made of release, disc and title", hs_read_id,
     TRACK(id)},
    {"title", HS_IN_RELEASE | HS_IN_TRACK, HS_IN_RELEASE | HS_IN_TRACK | HS_ANY_TEXT, TEXT,
     "title of the release or track", hs_read_text, TRACK(title)},
    {"artist", HS_INHERITED, 0, TEXT, "who plays, where it is not the job's artist", hs_read_text,
     TRACK(artist)},
    {"version_title", HS_INHERITED, 0, TEXT, "such as \"2011 Remaster\"", hs_read_text,
     TRACK(version_title)},
    {"year", HS_INHERITED, 0, YEAR, "year of release", hs_read_year, TRACK(year)},
    {"mixed", HS_INHERITED, 0, YEAR, "year of the mix", hs_read_year, TRACK(mixed_year)},
    {"mastered", HS_INHERITED, 0, YEAR, "year of the mastering", hs_read_year,
     TRACK(mastered_year)},
    {"mixed_by", HS_INHERITED, 0, NAME, "mixing engineer", hs_read_text, TRACK(mixed_by)},
    {"mastered_by", HS_INHERITED, 0, NAME, "mastering engineer", hs_read_text, TRACK(mastered_by)},
    {"studio", HS_INHERITED, 0, NAME, "where it was mixed", hs_read_text, TRACK(studio)},
    {"genre", HS_INHERITED, 0, NAME, "genre", hs_read_text, TRACK(genre)},
    {"instrumental", HS_INHERITED, 0, "yes or no", "no voice: vocal rules are not judged",
     hs_read_flag, TRACK(instrumental)},
    {"recall", HS_INHERITED, 0, "session, stems, stereo or none",
     "what of the mix can be opened again", hs_read_recall, TRACK(recall)},
    {"label", HS_INHERITED, 0, TEXT, "record label", hs_read_text, TRACK(label)},
    {"format", HS_INHERITED, 0, TEXT, "such as CD, LP, download", hs_read_text, TRACK(format)},
    {"barcode", HS_INHERITED, 0, TEXT, "UPC or EAN", hs_read_text, TRACK(barcode)},
    {"catalogue_number", HS_IN_DEFAULTS | HS_IN_RELEASE, 0, TEXT, "catalogue number", hs_read_text,
     ENTRY(catalogue_number)},
    {"disc", HS_INHERITED, 0, "a number from 1", "number of the disc", hs_read_count, TRACK(disc)},
    {"track", HS_INHERITED, 0, "a number from 1", "number on the disc", hs_read_count,
     TRACK(track)},
    {"isrc", HS_IN_TRACK, 0, "an ISRC such as AUXX10400001", "recording code", hs_read_isrc,
     TRACK(isrc)},
    {"plays", HS_IN_TRACK, 0, "a number of plays", "reach: weighs the short list", hs_read_amount,
     TRACK(plays)},
    {"master", HS_IN_TRACK, 0, FILE_FORM,
     "the released master; a track without one is an unreleased mix", hs_read_source,
     TRACK(master)},
    {"mix", HS_IN_TRACK, 0, FILE_FORM ", or a list of candidates",
     "the mix that was sent to mastering, or candidates for it", hs_read_candidates, 0},
    {"stems", HS_IN_TRACK, 0, "a map such as {vocal: vox.wav}", "stems by what they hold",
     hs_read_stems, 0},
    {"update", HS_IN_TRACK, 0, FILE_FORM ", {mix: FILE} or {master: FILE}",
     "a corrected mix or master to verify", hs_read_update, 0},
    {"mix", HS_IN_UPDATE, 0, FILE_FORM, "a corrected mix", hs_read_source, TRACK(update)},
    {"master", HS_IN_UPDATE, 0, FILE_FORM, "a corrected master", hs_read_source, TRACK(update)},
    {"left", HS_IN_CHANNELS, HS_IN_CHANNELS, "a file", "left channel", hs_read_channel,
     SOURCE(path)},
    {"right", HS_IN_CHANNELS, HS_IN_CHANNELS, "a file", "right channel", hs_read_channel,
     SOURCE(right_path)},
    {"file", HS_IN_FILE, HS_IN_FILE, "a file", "the file that holds the track", hs_read_channel,
     SOURCE(path)},
    {"stream", HS_IN_FILE, 0, "a number from 1",
     "which audio stream of the file; default: the one that it marks, else the first",
     hs_read_count, PART(source.stream)},
    {"cue", HS_IN_FILE, 0, "a file", "the cue sheet that cuts the file into tracks", hs_read_cue,
     PART(cue)},
    {"number", HS_IN_FILE, 0, "a number from 1", "the track's number in the cue sheet",
     hs_read_count, PART(number)},
    {"heard", HS_IN_TRACK, 0, "a list of notes", "what the engineer hears, by ear", hs_read_heard,
     0},
    {"note", HS_IN_HEARD, HS_IN_HEARD | HS_ANY_TEXT, TEXT, "rule id or plain words", hs_read_text,
     HEARD(note)},
    {"words", HS_IN_HEARD, 0, TEXT, "what was said about it", hs_read_text, HEARD(words)},
    {"in_master", HS_IN_HEARD, 0, TICK, "heard in the master", hs_read_answer, HEARD(in_master)},
    {"in_mix", HS_IN_HEARD, 0, TICK, "heard in the mix", hs_read_answer, HEARD(in_mix)},
    {"at", HS_IN_HEARD, 0, "times in seconds or m:ss", "where it is heard", hs_read_times, 0},
    {"accept", HS_IN_TRACK, 0, "a map of rule ids and reasons",
     "findings that are meant to be: shown, never counted", hs_read_accept, 0},
    {"not_heard", HS_IN_TRACK, 0, "a list of rule ids", "measured, but this ear does not hear it",
     hs_read_not_heard, 0},
    {"intended", HS_IN_TRACK, 0, "a list of words such as [dry, dark]",
     "what the song is meant to be: those findings are told, never counted", hs_read_intended, 0},
    {"limit", HS_IN_RULE, HS_IN_RULE, "a number of audible steps",
     "distance from the centre where minor begins; above 2 nothing less is told", hs_read_amount,
     offsetof(struct hs_rule_setting, limit_steps)},
    {"releases", HS_IN_JOB, HS_IN_JOB, "a list of releases", "the catalogue", hs_read_releases, 0},
    {"tracks", HS_IN_RELEASE, HS_IN_RELEASE, "a list of tracks", "tracks of the release",
     hs_read_tracks, 0},
};
const size_t hs_n_job_keys = sizeof hs_job_keys / sizeof *hs_job_keys;
