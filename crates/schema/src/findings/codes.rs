//! The table of codes.

use autobot_catalog::Severity::{Note, Problem, Warning};

use super::Code;

macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal $severity:ident $meaning:literal $remedy:literal;)*) => {
        $(pub(crate) const $constant: Code =
            Code { id: $id, name: $name, severity: $severity, meaning: $meaning, remedy: $remedy };)*
        /// All codes, for the reference.
        pub const CODES: &[Code] = &[$($constant),*];
    };
}

codes! {
    // The file.
    UNREADABLE_SOURCE = "AB000" "unreadable-source" Problem
        "The file cannot be read as a SQLite database."
        "give the database file itself, decrypted or repaired";
    // Values against the type of their column.
    EMPTY_TEXT = "AB001" "empty-text" Problem
        "Empty text in a number, date or boolean column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] on_invalid = \"null\" makes it NULL; as = \"text\" keeps it";
    FRACTION_IN_INTEGER = "AB002" "fraction-in-integer" Problem
        "A real with a fraction, or beyond 64 bits, in an integer column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"double precision\"";
    BLOB_IN_TEXT = "AB003" "blob-in-text" Problem
        "A blob that is not text in a text column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"bytea\"";
    BLOB_AS_TEXT = "AB004" "blob-as-text" Warning
        "A blob in a text column holds valid text and becomes text."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"bytea\" keeps it a blob";
    NOT_A_BOOLEAN = "AB005" "not-a-boolean" Problem
        "A value in a boolean column that is neither 0, 1, true, false, t nor f."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"bigint\" or as = \"text\"";
    UNTYPED_COLUMN = "AB006" "untyped-column" Warning
        "The column declares no type, or one of no known meaning: what is stored decided."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"…\" names another type";
    LENGTH_NOT_ENFORCED = "AB007" "length-not-enforced" Warning
        "Texts longer than the declared length, which SQLite does not enforce; the column becomes TEXT."
        "none needed";
    NUMBER_AS_TEXT = "AB008" "number-as-text" Warning
        "Numbers in a text column are written as text."
        "none needed";
    MIXED_CLASSES = "AB009" "mixed-classes" Problem
        "Values of several storage classes in a column that declares no type, and no type of PostgreSQL tells them apart."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    BLOB_IN_SCALAR = "AB010" "blob-in-scalar" Problem
        "A blob in a number, date, boolean, UUID, enum or JSON column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"bytea\"";
    NUMBER_IN_BYTEA = "AB011" "number-in-bytea" Problem
        "A number in a column of bytes."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    TEXT_IN_INTEGER = "AB012" "text-in-integer" Problem
        "Text in an integer column that is not exactly an integer's decimal form."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"; or on_invalid = \"null\" or \"quarantine\"";
    TEXT_IN_REAL = "AB013" "text-in-real" Problem
        "Text in a floating-point column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    TEXT_IN_NUMERIC = "AB014" "text-in-numeric" Problem
        "Text in a decimal column that is not a decimal number."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    NOT_A_UUID = "AB015" "not-a-uuid" Problem
        "Text in a UUID column that is not a UUID."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    NOT_IN_ENUM = "AB016" "not-in-enum" Problem
        "Text in an enum column that is not one of its labels."
        "add the label to the enum in schema.prisma, or correct the rows";
    TOO_LONG = "AB017" "too-long" Problem
        "A value longer than its type, or than any value of PostgreSQL, may be."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    ANOTHER_TYPE = "AB108" "another-type" Warning
        "The type that the declaration means does not take every value: the column gets one that does."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"…\" with on_invalid = \"null\" or \"quarantine\"";
    LETTER_CASE = "AB018" "letter-case" Warning
        "UUIDs with capitals become lower case."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\" keeps them";
    PADDED = "AB019" "padded" Warning
        "Blanks are added up to the length of CHAR(n)."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    CLASS_LOST = "AB090" "class-lost" Warning
        "Texts and blobs in one column both become bytes: which was which is not kept."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    // Text and encoding.
    NUL_IN_TEXT = "AB020" "nul-in-text" Problem
        "A NUL character in text, which PostgreSQL cannot hold."
        "[rules.tables.\"{table}\".columns.\"{column}\"] nul = \"strip\" or \"escape\"; or as = \"bytea\"";
    INVALID_UTF8 = "AB021" "invalid-utf8" Problem
        "Text that is not UTF-8."
        "[rules.tables.\"{table}\".columns.\"{column}\"] utf8 = \"replace\"; or as = \"bytea\"";
    SURROGATES = "AB022" "surrogates" Problem
        "Surrogates written as UTF-8 (CESU-8)."
        "[rules.tables.\"{table}\".columns.\"{column}\"] utf8 = \"replace\" repairs pairs";
    NOT_JSON = "AB023" "not-json" Problem
        "Text in a JSON column that is not JSON."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    JSON_REFUSED = "AB024" "json-refused" Problem
        "JSON that jsonb cannot hold: a NUL character, a lone surrogate, a number beyond its range, or nesting too deep."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"json\" or \"text\"";
    JSON_DUPLICATE_KEYS = "AB025" "json-duplicate-keys" Warning
        "JSON with duplicate keys: jsonb keeps the last of them."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"json\" keeps all";
    JSON_KEY_ORDER = "AB026" "json-key-order" Warning
        "jsonb does not keep the order of keys, spaces, and the spelling of numbers."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"json\" keeps them";
    KEPT_AS_JSON = "AB098" "kept-as-json" Warning
        "A column declared JSONB holds JSON that jsonb refuses: it becomes json."
        "none needed";
    TOO_LONG_FOR_INDEX = "AB027" "too-long-for-index" Problem
        "A text too long for an index of PostgreSQL (about 2,700 bytes)."
        "[rules.tables.\"{table}\".columns.\"{column}\"] long_index = \"hash\" or \"skip\"";
    UTF8_REPLACED = "AB028" "utf8-replaced" Warning
        "Wrong UTF-8 becomes U+FFFD or a repaired pair, by rule."
        "none needed";
    NUL_CHANGED = "AB029" "nul-changed" Warning
        "NUL characters are removed or written as escapes, by rule."
        "none needed";
    // Numbers.
    OUT_OF_RANGE = "AB030" "out-of-range" Problem
        "A number beyond the range of its type."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"bigint\"";
    NEEDS_BIGINT = "AB031" "needs-bigint" Problem
        "An Int of schema.prisma holds more than 32 bits: it needs BigInt."
        "change the field to BigInt in schema.prisma, or [rules.tables.\"{table}\".columns.\"{column}\"] as = \"bigint\"";
    BEYOND_JAVASCRIPT = "AB032" "beyond-javascript" Warning
        "Integers beyond 2^53, which a JavaScript number does not hold exactly."
        "read them as BigInt or text in the application";
    PRECISION_ALREADY_LOST = "AB033" "precision-already-lost" Warning
        "Whole numbers stored as REAL beyond 2^53: SQLite has rounded them already."
        "none: what is stored goes over";
    INFINITE = "AB034" "infinite" Problem
        "Infinity in a type that has none."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"double precision\"";
    DECIMAL_FROM_REAL = "AB035" "decimal-from-real" Warning
        "Decimal numbers that SQLite stores as REAL: trailing zeros and further digits were never stored."
        "none needed";
    NUMBER_SPELLING = "AB036" "number-spelling" Warning
        "Numbers written as text keep their value, not their spelling."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    NEGATIVE_ZERO = "AB037" "negative-zero" Warning
        "−0.0 loses its sign."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"double precision\" keeps it";
    ROUNDED = "AB038" "rounded" Warning
        "64-bit reals are rounded to 32 bits, as was asked for."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"double precision\"";
    TOO_MANY_DIGITS = "AB039" "too-many-digits" Problem
        "More digits than the precision and scale of the type hold."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"numeric\"";
    INEXACT_IN_DOUBLE = "AB091" "inexact-in-double" Problem
        "An integer that no double equals, in a floating-point column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"numeric\"";
    // Dates and times.
    MIXED_DATES = "AB040" "mixed-dates" Note
        "Several forms of date in one column; each is read by its form."
        "none needed";
    UNKNOWN_UNIT = "AB041" "unknown-unit" Problem
        "Numbers in a date column whose unit is ambiguous over the whole column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] unit = \"seconds\" (or \"milliseconds\", \"microseconds\", \"julian_day\", …)";
    IMPOSSIBLE_DATE = "AB042" "impossible-date" Problem
        "The form of a date or time that does not exist."
        "[rules.tables.\"{table}\".columns.\"{column}\"] on_invalid = \"null\" or \"quarantine\"";
    NOT_A_DATE = "AB043" "not-a-date" Problem
        "Text in a date column that is no date in any form that is read."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"; or on_invalid = \"null\" or \"quarantine\"";
    READ_AS_UTC = "AB044" "read-as-utc" Warning
        "Dates without a zone are read as UTC, as SQLite's own functions do."
        "none needed";
    DIGITS_CUT = "AB045" "digits-cut" Warning
        "Digits of a second below the precision of the type are cut."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"timestamp(6)\" or \"text\"";
    TIME_OF_DAY_IN_DATE = "AB046" "time-of-day-in-date" Problem
        "A time of day in a date column."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"timestamp\"";
    NOT_A_TIME = "AB047" "not-a-time" Problem
        "Not a time of day."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"text\"";
    OFFSETS_TO_UTC = "AB048" "offsets-to-utc" Note
        "Dates with an offset become the same instant in UTC."
        "none needed";
    JULIAN_ROUNDED = "AB049" "julian-rounded" Warning
        "Julian days are rounded to the millisecond, as SQLite itself reads them."
        "none needed";
    UNIT_DECIDED = "AB092" "unit-decided" Note
        "The unit of the numbers in a date column was decided from their whole range."
        "[rules.tables.\"{table}\".columns.\"{column}\"] unit = \"…\" fixes it";
    // Keys and references.
    ORPHANS = "AB050" "orphans" Problem
        "Rows whose foreign key finds no parent."
        "[rules.tables.\"{table}\"] orphans = \"quarantine\" or \"not_valid\"";
    NO_PARENT_TABLE = "AB051" "no-parent-table" Warning
        "A foreign key refers to a table or column that does not exist: it is left out, the data is kept."
        "none needed";
    PARENT_NOT_UNIQUE = "AB052" "parent-not-unique" Warning
        "A foreign key refers to columns without a unique key: PostgreSQL has no such foreign key."
        "add a unique index in the source";
    NULL_IN_PRIMARY_KEY = "AB053" "null-in-primary-key" Problem
        "NULL in a primary key, which SQLite allows."
        "[rules.tables.\"{table}\"] surrogate_key = \"id\" gives the table a key of its own";
    DUPLICATES = "AB054" "duplicates" Problem
        "Rows that PostgreSQL holds for equal under a unique key."
        "correct the rows, or type the column differently";
    FOREIGN_KEY_TYPES = "AB055" "foreign-key-types" Warning
        "A foreign key between types that PostgreSQL does not compare: it is left out."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = the type of the parent column";
    FOREIGN_KEY_SPELLING = "AB111" "foreign-key-spelling" Warning
        "A foreign key that SQLite finds by the value of numbers, to a column that becomes text: 1 and 1.0 are two texts. It is \
         left out."
        "write the numbers of both columns alike in the source, or type both as numbers";
    LOOK_ALIKES = "AB099" "look-alikes" Warning
        "Keys that only the Unicode form of a text (NFC, NFD) tells apart: both databases keep both."
        "none needed; a person takes them for one";
    NULL_IN_NOT_NULL = "AB056" "null-in-not-null" Problem
        "NULL in a column that must have a value."
        "correct the rows, or drop NOT NULL in the source";
    SEQUENCE_EXHAUSTED = "AB057" "sequence-exhausted" Warning
        "The highest id possible was given out: no further id follows."
        "none";
    NO_KEY = "AB058" "no-key" Note
        "The table has no key: its rows are compared as a bag."
        "none needed";
    CONFLICT_CLAUSE = "AB059" "conflict-clause" Warning
        "ON CONFLICT clauses of constraints have no counterpart in PostgreSQL."
        "the application says ON CONFLICT in its statements";
    ORPHANS_KEPT = "AB093" "orphans-kept" Warning
        "Orphan rows are kept and the foreign key is NOT VALID, or they go to quarantine, by rule."
        "none needed";
    SURROGATE_KEY = "AB094" "surrogate-key" Warning
        "The table gets a generated key, by rule."
        "none needed";
    KEY_COLLATION = "AB095" "key-collation" Warning
        "A key with a collation that PostgreSQL does not have; it is kept in its binary form."
        "none";
    NOCASE = "AB096" "nocase" Warning
        "A column compares without ASCII case in SQLite, with case in PostgreSQL; unique keys and indexes on it keep their rule by lower(…)."
        "[rules.tables.\"{table}\".columns.\"{column}\"] as = \"citext\" makes all comparisons case-blind";
    // Schema objects.
    PARTIAL_INDEX = "AB060" "partial-index-left-out" Warning
        "A partial index whose predicate does not translate exactly: it is left out."
        "create it by hand";
    EXPRESSION_INDEX = "AB061" "expression-index-left-out" Warning
        "An index on an expression that does not translate exactly: it is left out."
        "create it by hand";
    GENERATED_COLUMN = "AB062" "generated-column-kept" Warning
        "A generated column whose expression does not translate exactly: its values go over as a plain column."
        "create it by hand";
    VIEW = "AB063" "view-left-out" Warning
        "A view that does not translate exactly: it is left out."
        "create it by hand";
    TRIGGER = "AB064" "trigger-left-out" Warning
        "A trigger that is not translated: it is left out."
        "create it by hand";
    TRIGGER_MADE = "AB110" "trigger-translated" Note
        "A trigger becomes a function and a trigger of PostgreSQL."
        "none needed";
    VIRTUAL_TABLE = "AB065" "virtual-table" Warning
        "A virtual table."
        "create a tsvector or pg_trgm index where the search is wanted";
    BOOKKEEPING = "AB066" "bookkeeping" Note
        "Bookkeeping of SQLite or of a tool: it stays behind."
        "none needed";
    TOOL_TABLE = "AB109" "tool-table" Note
        "A table that a known tool keeps and the application reads: it goes over as data."
        "[rules.tables.\"{table}\"] skip = true leaves it behind";
    CHECK_LEFT_OUT = "AB067" "check-left-out" Warning
        "A CHECK that does not translate exactly: it is left out."
        "create it by hand";
    DEFAULT_LEFT_OUT = "AB068" "default-left-out" Warning
        "A default that does not translate exactly: it is left out."
        "create it by hand";
    CHECK_BY_TYPE = "AB069" "check-by-type" Note
        "A CHECK that the type enforces already."
        "none needed";
    CHECK_VIOLATED = "AB106" "check-violated" Problem
        "Rows that break a CHECK of their own table."
        "[rules.tables.\"{table}\"] checks = \"not_valid\"";
    CHECK_KEPT = "AB107" "check-not-valid" Warning
        "A CHECK that some rows break is NOT VALID, by rule: it holds for what is written from now on."
        "none needed";
    HASH_INDEX = "AB086" "hash-index" Warning
        "A key or index on long texts becomes a hash index, by rule: it finds equal values only."
        "none needed";
    INDEX_LEFT_OUT = "AB097" "index-left-out" Warning
        "An index that PostgreSQL cannot have."
        "create it by hand";
    // Names.
    NAME_TOO_LONG = "AB070" "name-too-long" Problem
        "A name of a table or column over 63 bytes, which PostgreSQL would cut."
        "[rules.tables.\"{table}\"] rename = \"…\", or [rules.tables.\"{table}\".columns.\"{column}\"] rename = \"…\"";
    NAME_COLLISION = "AB071" "name-collision" Problem
        "Two names that are one in PostgreSQL."
        "[rules.tables.\"{table}\"] rename = \"…\", or [rules.tables.\"{table}\".columns.\"{column}\"] rename = \"…\"";
    SYSTEM_COLUMN = "AB072" "system-column" Problem
        "A column named like a system column of PostgreSQL."
        "[rules.tables.\"{table}\".columns.\"{column}\"] rename = \"…\"";
    NAME_CHANGED = "AB073" "name-changed" Warning
        "The name of an index or constraint is too long or taken: it gets another."
        "none needed";
    RENAMED = "AB074" "renamed" Warning
        "Renamed by rule: the application has to say the new name."
        "none needed";
    // Size.
    TOO_MANY_COLUMNS = "AB080" "too-many-columns" Problem
        "More than 1,600 columns, which no table of PostgreSQL has."
        "[rules.tables.\"{table}\".columns.\"…\"] skip = true, or split the table";
    ROW_TOO_WIDE = "AB081" "row-too-wide" Problem
        "Rows that cannot fit a page of PostgreSQL."
        "[rules.tables.\"{table}\".columns.\"…\"] skip = true, or split the table";
    // The owner's rules.
    UNKNOWN_TYPE = "AB082" "unknown-type" Problem
        "A rule names a type that is none of PostgreSQL's that a column may get."
        "correct the rule";
    RULE_WITHOUT_OBJECT = "AB083" "rule-without-object" Problem
        "A rule names a table or column that is not in the source."
        "correct the name in the rule";
    BY_RULE = "AB084" "changed-by-rule" Warning
        "By rule, a column gets another type or unit, or values that the type cannot take become NULL or go to quarantine."
        "none needed";
    LEFT_OUT_BY_RULE = "AB085" "left-out-by-rule" Warning
        "Left out by rule."
        "none needed";
    // schema.prisma.
    ONLY_IN_FILE = "AB100" "only-in-file" Warning
        "A table or column that is in the file and not in schema.prisma: it goes over as well."
        "add it to schema.prisma (`prisma db pull`), or [rules.tables.\"{table}\"] skip = true";
    ONLY_IN_PRISMA = "AB101" "only-in-prisma" Warning
        "A model or field that is in schema.prisma and not in the file: it is created empty."
        "none needed";
    REQUIRED_WITHOUT_VALUE = "AB102" "required-without-value" Problem
        "A field of schema.prisma that must have a value is not in the file and has no default."
        "make it optional or give it a default in schema.prisma";
    PRISMA_TYPE = "AB103" "prisma-type" Problem
        "A type of schema.prisma that no value of SQLite becomes."
        "change the field in schema.prisma";
    PRISMA_REFUSED = "AB104" "prisma-refused" Problem
        "schema.prisma has no form for PostgreSQL."
        "correct schema.prisma";
    PRISMA_RULE = "AB105" "rule-against-prisma" Problem
        "A rule gives a column another type or name than schema.prisma does."
        "change schema.prisma, or drop the rule";
}
