/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The results of an audit, from single files to the catalogue. Filled floor by floor:
 * run/ puts in the measured files and pairs, judge/ the findings of each track,
 * catalogue/ recurrence and short list; report/ only reads. Owned by hs_audit.arena.
 */
#ifndef HS_MODEL_AUDIT_H
#define HS_MODEL_AUDIT_H

#include "core/arena.h"
#include "model/device.h"
#include "model/habits.h"
#include "model/instrument.h"
#include "model/job.h"
#include "model/move.h"
#include "model/preview.h"
#include "model/values.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum hs_file_state {
    HS_FILE_NONE,        /* there is no such file in the job */
    HS_FILE_OK,          /* "ok" */
    HS_FILE_MISSING,     /* "missing" */
    HS_FILE_UNREADABLE,  /* "unreadable": opened, could not be decoded */
    HS_FILE_NOT_READ,    /* "not_read": the same, but nothing shows that it is damaged */
    HS_FILE_QUARANTINED, /* "quarantined": crashed or hung the worker in several runs */
    HS_FILE_UNFINISHED,  /* "unfinished": no answer this time, tried again */
};

struct hs_file {
    const struct hs_source *source;
    enum hs_file_state state;
    enum hs_stem_side side;                   /* as which `instruments` know it */
    const char *error;                        /* NULL where state is OK */
    struct hs_values values;                  /* measures, see measure/ */
    uint64_t hash[2];                         /* XXH3-128 of the bytes */
    const struct hs_instruments *instruments; /* what stems show; NULL: nothing is known */
};

/* Work that came to no answer for a reason that is not in the music. */
struct hs_unfinished {
    const char *what, *why; /* a path, for people */
    bool given_up;          /* in quarantine: not tried again until somebody asks */
};

enum hs_pair_state {
    HS_PAIR_NONE, /* "none": no mix, or one of the files could not be read */
    HS_PAIR_ALIGNED,
    HS_PAIR_EDITED,
    HS_PAIR_DIFFERENT,
    HS_PAIR_CANNOT_SAY,
};

struct hs_segment {
    double mix_s, master_s, len_s;
};

struct hs_passage {
    double from_s, to_s;
};

struct hs_candidate {
    const struct hs_source *source;
    enum hs_pair_state state;
    double residual_db;  /* NaN where not aligned */
    double confidence;   /* that the master was made from this one, 0-1 */
    const char *differs; /* plain words, "" for the chosen one */
    bool tied;           /* not the chosen one, and cannot be told from it */
};

/* delay_s, drift_ppm, gain_db, ... are keys of `values` (table in pair/), each with its
 * bound or the reason of its absence. */
struct hs_pair {
    enum hs_pair_state state;
    unsigned chosen;   /* index of the candidate that `mix` is */
    double confidence; /* 0-1, calibrated */
    const char *why;   /* of any state but aligned, else NULL */
    struct hs_values values;
    const struct hs_segment *segments;
    /* Measures of the shared part alone, where it is less than nine tenths of that file; empty
     * where the file's own will do. */
    struct hs_values shared_mix, shared_master;
    const struct hs_device_use *chain;      /* in the order of the signal */
    const struct hs_passage *fades, *rides; /* slow gain that follows no level, master time */
    const struct hs_candidate *candidates;
    unsigned n_segments, n_chain, n_fades, n_rides, n_candidates;
};

enum hs_tier { HS_MEASURED, HS_INFERRED, HS_INDICATION };
enum hs_severity { HS_NO_FAULT, HS_NOTE, HS_MINOR, HS_MODERATE, HS_SEVERE };
enum hs_origin {
    HS_ORIGIN_CANNOT_SAY,
    HS_ORIGIN_MIX,
    HS_ORIGIN_WORSENED,
    HS_ORIGIN_EASED,
    HS_ORIGIN_MASTERING,
    HS_ORIGIN_EXPOSED,
    HS_ORIGIN_CURED,
    HS_N_ORIGINS,
};

/* The file in which something is done; NONE: nothing is to be done. */
enum hs_place { HS_PLACE_NONE, HS_PLACE_MIX, HS_PLACE_MASTER };
enum hs_move_channel {
    HS_CHANNEL_BOTH,
    HS_CHANNEL_MID,
    HS_CHANNEL_SIDE,
    HS_CHANNEL_LEFT,
    HS_CHANNEL_RIGHT,
    HS_N_CHANNELS,
};

/* One move towards the expected range; NaN where a number does not apply. `db` reaches the edge of
 * the range and is enough, `db_most` reaches its centre and is the most to be done. */
struct hs_correction {
    enum hs_place where;
    enum hs_move_channel channel;
    const struct hs_move *move; /* NULL where `where` is NONE */
    double hz, q;
    double db, db_most;       /* to the edge; to the centre */
    double after, after_most; /* the values expected afterwards, in the finding's unit */
    const char *words;        /* one sentence for people */
};

/* How a finding counts for its rule over the catalogue, where one cause counts once. */
enum hs_counting {
    HS_COUNTS_BY_ITSELF,    /* where it stands */
    HS_COUNTS_AS_PART,      /* part of another, and its rule has the name of the cause */
    HS_COUNTED_AS_ITS_PART, /* it stands, and a part of it has the name of the cause */
    HS_OF_ANOTHER_SONG,     /* the master is not the song of its title */
};

/* The move of mastering on one rule, held against the usual moves; values in the rule's unit. */
struct hs_moved {
    bool towards;     /* the master ends nearer to the centre by a step: a repair */
    bool in_range;    /* from a mix that was not at fault: nothing needed it */
    signed char sign; /* of the value's change with it: -1 where more of it lowers the value */
    float steps, z;   /* of the move, positive towards the fault */
    double change, usual[2], centre;
};

struct hs_finding {
    const char *rule;
    double value;
    const char *unit;
    double expected[2];   /* NaN: open end */
    double centre;        /* of the distribution; NaN for fixed thresholds */
    double jnd, steps, z; /* z NaN for fixed thresholds */
    const char *target;   /* "references", "built-in", "references 60 %, built-in 40 %" ... */
    float target_n;       /* tracks behind it, NaN for fixed thresholds */
    float catalogue_z;    /* leave-one-out, NaN where it cannot be had */
    unsigned short n_times;
    unsigned char span[2]; /* third octaves that it is of, first and last; 0, 0: not known */
    enum hs_tier tier : 4; /* small ones together: there may be very many findings in memory */
    enum hs_severity severity : 4;
    enum hs_origin origin : 4;
    enum hs_counting counting : 4;
    bool small_in_mix : 1; /* worsened, and the mix has no more than a minor fault of it */
    bool by_pair_only : 1; /* its value is no fault: it exists because of the move of mastering
                              alone */
    bool heard : 1, accepted : 1;
    bool not_heard : 1; /* the listener was asked and does not hear it; it is shown and still counts
                         */
    bool doubted : 1; /* inferred, and the listener never confirmed the rule: see struct hs_trust */
    bool plain : 1;   /* no `evidence` of its own; a sentence is made from value and range */
    bool lifts : 1, lowers : 1; /* of a filter on one channel: its sign; neither: not known */
    const char *exposed_by;     /* of exposed: "4.0 dB of limiting", else NULL */
    double mix_value, change, uncertainty; /* NaN where unknown */
    const char *explained_by;              /* the rule of the lead finding, NULL for a lead */
    const struct hs_moved *moved;          /* the move that made it; NULL: none did */
    const char *accepted_why;
    const char *direction;           /* of two-way rules: "left", "start", ..., else NULL */
    const char *evidence;            /* one sentence with the numbers */
    const struct hs_passage *times;  /* worst first */
    struct hs_correction correction; /* where NONE: none */
};

/* What a rule has in common on all tracks; judgements point to it. */
struct hs_judged_rule {
    const char *rule, *unit;
    double jnd;
    int side; /* +1: high values are the fault, -1: low ones, 0: fixed thresholds or both */
    enum hs_moved_part part; /* whose moves it judges */
    double expected[2];      /* of fixed thresholds: the same for every track */
    /* How far mastering usually moves it, up to where `minor` begins; equal ends: no figure. Of
     * rules in which more is worse (gain reduction) a figure of its own, not of the value. */
    double usual_move[2];
    const char *move_target; /* what that is of; NULL: no figure */
};

/* Where a track stands on the scale of a rule that was judged, at fault or not: for the
 * page of the rule, shifts and trends. NaN where unknown; steps and z as in a finding:
 * positive towards the fault, NaN for fixed thresholds. There are as many as rules times tracks:
 * what is shown rounded or held against a round number is in single precision. */
struct hs_judgement {
    const struct hs_judged_rule *of;
    double value;
    float centre, steps;
    float reach; /* of the expected range to either side of the centre; NaN: as of the rule */
    float mix_value, z;
    float mix_z; /* of the mix on the scale of the master, with the usual move of mastering; NaN for
                    fixed thresholds or without a mix */
    float move_z; /* of what mastering did, in spreads of what mastering does; NaN: not known */
    unsigned char mix_level; /* severity of the mix, on the scale of the master */
    bool by_stem : 1;        /* read from the stem itself */
    bool by_physics : 1; /* the file shows it without other music (rule.physics), at the level */
    bool called_for : 1; /* the mix had a fault that moves of the rule's direction mend */
    unsigned char physics_level;
};

struct hs_not_judged {
    const char *rule, *why;
};

struct hs_ear_note {
    const char *note;                       /* NULL: measured but not heard */
    const char *rule;                       /* NULL: the words are not known */
    enum hs_answer heard_master, heard_mix; /* the ear */
    enum hs_answer in_master, in_mix;       /* the machine; NULL is "cannot say" */
};

struct hs_track_result {
    const struct hs_track *track;
    struct hs_file master, mix; /* mix: the chosen candidate */
    struct hs_file *mixes;      /* all candidates, n = track->n_mixes */
    struct hs_file *stems;      /* n = track->n_stems */
    struct hs_file update;
    bool unfinished;                  /* a file or the pair gave no answer this time */
    bool update_verified;             /* its plan is carried out and nothing strayed */
    enum hs_update_kind update_kind;  /* of a verified one: MIX or MASTER */
    const struct hs_plan *first_plan; /* as published before there was an update; NULL: none */
    struct hs_pair pair;
    struct hs_preview *preview; /* of the mix that is to be released; NULL: none */
    struct hs_preview
        *released_preview;           /* of the mix of a released master, at its loudness; NULL */
    struct hs_finding *findings;     /* as judge/ sorts them: worst first, cured ones last */
    struct hs_judgement *judgements; /* every judged rule, in the order of the rules */
    struct hs_not_judged *not_judged;
    struct hs_ear_note *ticks;
    unsigned n_findings, n_judgements, n_not_judged, n_ticks;
};

/* What was counted for a rule. The order is that of preference: of rows with equal q the first kind
 * speaks for the rule. */
enum hs_evidence {
    HS_BY_PHYSICS,
    HS_BY_MOVES,
    HS_BY_STEMS,
    HS_BY_MIXES,
    HS_BY_SONGS,
    HS_N_EVIDENCES,
};

struct hs_association {
    const char *factor, *level; /* "mixed_by", "A. Mixer" */
    enum hs_evidence evidence;  /* what was counted: of a factor all by the same */
    int faulty, judged;         /* at this level */
    int faulty_else, judged_else;
    struct hs_interval interval; /* of the rate at this level */
    int releases;                /* at this level; of artists with one engineer each, artists */
    double odds_ratio;           /* against all else, a half added to each cell */
    double log_odds;             /* that the habit belongs here and not elsewhere, or the reverse */
    bool more;                   /* here and not elsewhere */
    double p, q;                 /* of that; NaN: see why */
    double pooled;               /* distance from the centre, drawn to that of the others */
    struct hs_interval pooled_interval; /* NaN where it cannot be had */
    const char *why;
    const char *aliased_with; /* factor that cannot be told apart, or NULL */
};

enum hs_direction { HS_DIRECTION_NONE, HS_BETTER, HS_WORSE, HS_STEADY };
enum hs_trend_basis { HS_BASIS_NONE, HS_BASIS_VALUE, HS_BASIS_RATE, HS_BASIS_CHANGE };

struct hs_trend {
    enum hs_direction direction; /* NONE: see why */
    const char *why;
    enum hs_trend_basis basis; /* what the direction was read from */
    double p, q;               /* q: corrected over the rules whose trend was looked at; both of the
                                  change, where the direction is that of one (struct hs_since) */
    double rate_z;             /* Cochran-Armitage */
    double slope_per_year;     /* Theil-Sen of the value */
    struct hs_interval slope_interval;
    double slope_p;                 /* Mann-Kendall, releases permuted */
    double industry_slope_per_year; /* NaN where it does not apply */
    int n_releases;
    /* A straight line over the whole span, in the unit of the basis (a rate: 0-1). */
    struct hs_interval span_interval; /* of what it changes by, 95 % */
    double span_years;
    bool span_by_value;
    bool steady; /* shown by equivalence, where no direction is */
};

/* A track of the artist's own that shows a fault, or its absence, best. */
struct hs_example {
    size_t track;        /* index into hs_audit.tracks */
    double value, steps; /* audible steps towards the fault (negative: away from it) */
    const struct hs_passage *times;
    size_t n_times;
};

/* The engineer's own list against the machine, over the tracks that have one. */
struct hs_agreement {
    int both, ear_only, machine_only, neither;
    double kappa;              /* Cohen's, NaN where it cannot be had */
    struct hs_interval agreed; /* of the share (both + neither) of all */
};

enum { HS_EXAMPLES = 3 };

/* What the counts of a rule say about the catalogue. */
enum hs_pattern {
    HS_PATTERN_NONE, /* not read yet */
    HS_PATTERN_MISTAKE,
    HS_PATTERN_HOUSE_SOUND,
    HS_PATTERN_WITHIN_RANGE,
    HS_PATTERN_TOO_FEW,
};
/* What is said of a rule over the whole catalogue. */
enum hs_verdict {
    HS_VERDICT_NONE,
    HS_TOO_FEW,
    HS_NOT_SHOWN,
    HS_ON_ONE_RELEASE,
    HS_LEANS,
    HS_RECURS,
};
/* Of the odds that it is a habit. */
enum hs_strength { HS_STRENGTH_NONE, HS_STRENGTH_SOME, HS_STRENGTH_FAIR, HS_STRENGTH_STRONG };

/* The change point: the release `at` from which on the fault came (`began`) or went; SIZE_MAX:
 * none. It lies between `not_before` and `at`. */
struct hs_since {
    size_t at, not_before; /* the release, and the first of those among which it lies */
    bool began;
    double p, q, log_odds;
    /* Tracks at a level, a note or worse, of those judged: on the side that has it, on the other.
     */
    int with, with_of, without, without_of;
    const char *factor, *level; /* what came or went there as well, or NULL: as in associations */
    bool level_of_others;       /* the level is that of the releases without it */
    enum hs_evidence evidence;  /* what changed: songs, mixes, moves of mastering */
};

static inline bool hs_since_shown(const struct hs_since *s)
{
    return s->at != SIZE_MAX && s->q < .10;
}

/* One kind of evidence for one rule: a row of tests. */
struct hs_evidence_row {
    enum hs_evidence evidence;
    enum hs_verdict verdict;
    enum hs_strength strength;
    int faulty, judged, releases, releases_judged;
    double rate, base_rate;
    bool own_references;         /* the base rate is that of the user's references */
    struct hs_interval interval; /* of the rate: the one that decides */
    double p_count, q_count;     /* more than elsewhere */
    double log_odds, p_habit, q; /* more than artists differ */
    /* Where all faults are on one release of several: more there than elsewhere, and how strongly;
     * else 1. */
    double p_release, q_release;
    enum hs_strength strength_there;
    struct hs_since since;
    bool of_stretch; /* all this is of the releases that have it by `since`, and of no others */
    int faulty_outside, judged_outside; /* on those others; 0 without a stretch */
    int part_of_others; /* of those at fault: on whose track another fault of one cause leads */
    int called_for; /* of moves: others went that way as well, and their mixes needed it; they are
                       not among those judged */
    int origins[HS_N_ORIGINS]; /* of those at fault; together as many */
};

/* In a job with several artists: one artist, or one mastering engineer or studio across artists. */
enum hs_grouping { HS_BY_ARTIST, HS_BY_MASTERING_ENGINEER, HS_BY_STUDIO, HS_N_GROUPINGS };
struct hs_group {
    enum hs_grouping by;
    const char *name;
    struct hs_evidence_row *row; /* of a rule all by one evidence; q over all of a kind */
    const char *aliased_with;    /* factor that cannot be told apart, or NULL */
    /* The group that has what this one has, also elsewhere, while this one has it with no other:
     * then that one recurs and this one leans. NULL: none. */
    const char *explained_by; /* its name */
    enum hs_grouping explained_as;
};

/* The stage of a fault that is made again and again. */
enum hs_habit { HS_HABIT_UNKNOWN, HS_HABIT_MIX, HS_HABIT_MASTERING, HS_HABIT_BOTH };

/* How often a listener hears what is measured: blind answers to the findings of one rule. */
struct hs_trust {
    const char *listener; /* NULL: not named */
    const char *rule;
    int trials, confirmed;
    struct hs_interval interval; /* of the share confirmed */
    bool decides;                /* the listener whose answers count (job.listener) */
    bool doubted;                /* inferred findings of the rule lose a severity in the list */
};

struct hs_recurrence {
    const char *rule;
    const char *unit;  /* of shift and slope; NULL where no track was judged */
    double importance; /* rows are sorted by it */
    const char *words; /* one fair sentence with the counts */
    /* Of the evidence that speaks, see rows. */
    enum hs_verdict verdict;
    enum hs_evidence evidence;
    enum hs_strength strength;
    bool recurring;      /* the verdict is RECURS */
    const char *why_not; /* of recurring == false, NULL where the count is 0 */
    int faulty, judged;
    double rate;
    struct hs_interval interval; /* of the rate: the one that decides */
    double base_rate;
    int base_fired, base_n; /* as counted there; 0 of moves */
    bool own_references;    /* there: on the user's references, else elsewhere */
    double p, q;            /* more than artists differ */
    double q_count;         /* more than elsewhere */
    double log_odds;
    int releases, releases_judged; /* with the fault; with a judged track */
    struct hs_since since;
    bool of_stretch; /* as of the row, as the next two */
    int faulty_outside, judged_outside;
    bool once_a_song; /* a song on several releases counts with its first master alone */
    int copies;       /* judged masters that are not counted: the same mastering as one that is */
    int of_another_song; /* judged, and the master is not the song of its title: not counted */
    int later_masters;   /* of songs that count once: judged, and not the first */
    int part_of_others;  /* as of the row, as the next */
    int called_for;
    int origins[HS_N_ORIGINS]; /* as of the row: together as many as are at fault */

    struct hs_evidence_row **rows;
    size_t n_rows;
    struct hs_group *groups; /* where the job has several artists */
    size_t n_groups;
    int by_pair_only;                  /* findings that exist by the pair alone */
    double shift, shift_p;             /* Hodges-Lehmann against the expected centre */
    struct hs_interval shift_interval; /* NaN where it cannot be had */
    enum hs_pattern reading;
    enum hs_habit habit;
    struct hs_trend trend;
    struct hs_association *associations;
    size_t n_associations;
    struct hs_example worst[HS_EXAMPLES], best[HS_EXAMPLES];
    size_t n_worst, n_best;
    struct hs_agreement in_master, in_mix;
};

/* One planned correction: a finding of the track and where it should end up. */
struct hs_plan_step {
    unsigned finding;    /* index into the track's findings */
    enum hs_place where; /* which file is to be changed */
    double now, planned; /* value of the rule on the file that `where` names: enough */
    double planned_most; /* at the centre; what lies between both is done */
    double tolerance;    /* either side of that */
};

/* A planned correction by itself, as a plan on disk has it: what is to be done to which file. */
struct hs_planned {
    const char *rule;
    enum hs_place where;
    struct hs_correction move;
    double now, planned, planned_most, tolerance; /* planned_most NaN: not said */
};

/* A plan on disk. Hashes are zero where the plan names none. */
struct hs_plan {
    const char *path;
    const char *text; /* of the file as it stands */
    uint64_t master_hash[2], mix_hash[2];
    const struct hs_planned *steps;
    size_t n_steps;
};

enum hs_action { HS_LEAVE, HS_RE_UPLOAD, HS_RE_MASTER, HS_RE_MIX };

struct hs_shortlist_row {
    size_t track; /* index into hs_audit.tracks */
    int rank;     /* 1 is first; 0: leave it alone, not ranked */
    double priority;
    enum hs_action action;
    enum hs_tier tier; /* of the primary finding: rows go by it first */
    double severity, fixability, reach, confidence; /* the factors */
    double hours;                                   /* effort of the action */
    int rank_low, rank_high;                        /* over the weights tried */
    bool in_budget;
    bool wrong_file;   /* mix and master do not belong together: `why` says it, no lead does */
    bool listen_first; /* left alone for now: there is something that only the ear can decide */
    const char *why;   /* one line */
    const struct hs_finding *lead; /* that `why` begins with, of `tier`; NULL: none */
    struct hs_plan_step *plan;     /* in the order of work */
    size_t n_plan;
};

struct hs_release_row {
    size_t release;
    int n_listed;
    double hours;
    enum hs_action action;
    const char *fit; /* whether corrected tracks still fit their neighbours, or NULL */
};

/* The long-term spectrum that is expected of music of middle percussiveness, for the charts;
 * judge/curve.h moves it to that of a track. */
struct hs_expected_spectrum {
    double centre[31], reach[31]; /* dB, NaN where unknown; reach: to either side */
    const char *target;
};

/* How loud a release is as one, and its loudest track; NaN where not known. */
struct hs_album {
    double lufs, loudest_lufs;
};

struct hs_audit {
    const struct hs_album *albums; /* of each release; NULL: not asked */
    unsigned survival;             /* destinations that were asked for: model/survival.h */
    struct hs_arena arena;
    const struct hs_job *job;
    struct hs_track_result *tracks; /* n = job->n_tracks, in the job's order */
    struct hs_file *references, *mix_references;
    const struct hs_expected_spectrum *spectrum; /* by judge/ */
    struct hs_recurrence *recurring;             /* by rule, most important first */
    size_t n_recurring;
    struct hs_shortlist_row *shortlist; /* one per track; listed ones first */
    size_t n_shortlist;
    struct hs_habits *mastering, *mixing; /* all together, by engineer, by year */
    size_t n_mastering, n_mixing;
    struct hs_habits *masters; /* where there are no mixes: what changed in all masters; or NULL */
    struct hs_trust *trust;    /* by rule, then listener */
    size_t n_trust;
    struct hs_release_row *release_rows;
    size_t n_release_rows;
    const struct hs_backtest *backtest; /* of the previews; NULL: none were made */
    const char *genre_remark;           /* of many leanings without references; NULL: none */
    const struct hs_beside *beside;     /* how masters lie, while they are judged or verified */
    bool anonymous;                     /* its names are made up: nothing is told of other runs */
    const struct hs_unfinished *unfinished;
    size_t n_unfinished;
};

/* The factor of a grouping: "mastered_by". */
const char *hs_grouping_name(enum hs_grouping by);
/* The engineer or studio with whom a rule recurs or leans and that is told apart from the others;
 * else the artist with whom it recurs. NULL: none. */
const struct hs_group *hs_group_that_recurs(const struct hs_recurrence *r);
/* The one that is named with the verdict of a rule: where it recurs as a whole, only who is told
 * apart from others. NULL: none. */
const struct hs_group *hs_group_to_name(const struct hs_recurrence *r);
/* Whether two ids of rules are the same. Called millions of times, mostly with different ids: the
 * first letter is compared before strcmp is called. */
static inline bool hs_same_rule(const char *a, const char *b)
{
    return a == b || (*a == *b && !strcmp(a, b));
}

/* Names as they stand in audit.json; the lists end at the enum's last member. */
const char *hs_tier_name(enum hs_tier tier);
const char *hs_severity_name(enum hs_severity severity); /* "none" for NO_FAULT */
const char *hs_origin_name(enum hs_origin origin);
const char *hs_action_name(enum hs_action action);
const char *hs_file_state_name(enum hs_file_state state);
/* Whether the file itself is why it was not measured: missing, unreadable or not read. */
bool hs_file_refused(enum hs_file_state state);
const char *hs_pair_state_name(enum hs_pair_state state);
const char *hs_move_channel_name(enum hs_move_channel channel);
/* NULL for what is not there or not known. */
const char *hs_place_name(enum hs_place place);
const char *hs_pattern_name(enum hs_pattern pattern);
const char *hs_habit_name(enum hs_habit habit);
const char *hs_verdict_name(enum hs_verdict verdict);
const char *hs_evidence_name(enum hs_evidence evidence);
/* Whose rate such evidence is held against. */
const char *hs_against_name(enum hs_evidence evidence, bool own_references);
const char *hs_strength_name(enum hs_strength strength);
const char *hs_direction_name(enum hs_direction direction);
const char *hs_basis_name(enum hs_trend_basis basis);
const char *hs_move_name(const struct hs_move *move);
void hs_judgement_expected(const struct hs_judgement *j, double expected[2]);
/* The mix was at fault and the master is not. Of origin `cured` there are also moves towards the
 * middle from a mix in range, which needed no cure. */
bool hs_finding_cured(const struct hs_finding *f);
/* A primary finding of the master, down to a note: not part of another, cured or accepted. */
bool hs_finding_stands(const struct hs_finding *f);
/* One that counts as a fault: from minor up. A note is shown, not counted. */
bool hs_finding_counts(const struct hs_finding *f);
/* The same for the count of its own rule over the catalogue, by `counting`. */
bool hs_finding_counts_for_rule(const struct hs_finding *f);
/* One to be mended in the mix: the mix had it, and it is not the move of mastering that made it a
 * finding (a slightly bright mix that was brightened by 6 dB needs another mastering). */
bool hs_finding_is_of_mix(const struct hs_finding *f);

#endif
