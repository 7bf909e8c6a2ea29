use autobot_catalog::{Affinity, PgType};

/// What is known of a declared type: the types of PostgreSQL to try, best first. The first that takes every value is
/// chosen; when none does, the first stays and the values that it cannot take are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// The declared type's words.
    declared: &'static [&'static str],
    /// Candidates.
    pub(crate) candidates: &'static [PgType],
    /// False for a name of no known meaning: what is stored decides, and that is said.
    pub(crate) meant: bool,
}

impl Known {
    /// True when the name is of no known meaning and no row of the rules has it.
    pub(crate) fn is_by_affinity(&self) -> bool {
        self.declared.is_empty()
    }
}

/// Microseconds: all that PostgreSQL keeps.
const TIMESTAMP: PgType = PgType::Timestamp(6);
/// Any number of digits.
pub(crate) const DECIMAL: PgType = PgType::Decimal { limits: None };

/// Bytes; where an application keeps nothing but numbers in them (Chroma's `seq_id`), these.
const BYTES: &[PgType] = &[PgType::Bytea, PgType::BigInt, PgType::Double];

/// What Prisma declares for PostgreSQL where it declares these for SQLite, tried before the rules below in a file that
/// Prisma wrote. A number that needs 64 bits makes the column wider; schema.prisma, where it is given, refuses it instead.
const PRISMA: &[(&str, &[PgType])] = &[
    ("INTEGER", &[PgType::Integer, PgType::BigInt]),
    ("DATETIME", &[PgType::Timestamp(3)]),
    ("DECIMAL", &[PgType::Decimal { limits: Some((65, 30)) }, DECIMAL]),
    ("JSONB", &[PgType::Jsonb, PgType::Json]),
];

/// The candidates of a declared type in a file that Prisma wrote; none where they are the same as in any other.
pub(crate) fn candidates_of_prisma(words: &str) -> Option<&'static [PgType]> {
    PRISMA.iter().find(|(declared, _)| *declared == words).map(|(_, candidates)| *candidates)
}

/// The rules, one row for each meaning.
const KNOWN: &[Known] = &[
    Known {
        declared: &[
            "INTEGER",
            "INT",
            "BIGINT",
            "SMALLINT",
            "TINYINT",
            "MEDIUMINT",
            "INT2",
            "INT4",
            "INT8",
            "INT16",
            "INT32",
            "INT64",
            "UINT",
            "UINT8",
            "UINT16",
            "UINT32",
            "UINT64",
            "SERIAL",
            "BIGSERIAL",
            "LONG",
            "UNSIGNED BIG INT",
            "INTEGER UNSIGNED",
            "INT UNSIGNED",
            "BIGINT UNSIGNED",
            "SMALLINT UNSIGNED",
            "TINYINT UNSIGNED",
            "MEDIUMINT UNSIGNED",
            "UNSIGNED INTEGER",
            "UNSIGNED INT",
            "UNSIGNED BIGINT",
            "SIGNED INTEGER",
        ],
        candidates: &[PgType::BigInt],
        meant: true,
    },
    Known {
        declared: &["REAL", "DOUBLE", "DOUBLE PRECISION", "FLOAT", "FLOAT4", "FLOAT8"],
        candidates: &[PgType::Double],
        meant: true,
    },
    Known {
        declared: &["NUMERIC", "DECIMAL", "DEC", "MONEY", "SMALLMONEY", "CURRENCY"],
        candidates: &[DECIMAL],
        meant: true,
    },
    Known {
        declared: &[
            "TEXT",
            "CHAR",
            "VARCHAR",
            "CHARACTER",
            "CLOB",
            "NCHAR",
            "NVARCHAR",
            "VARCHAR2",
            "NVARCHAR2",
            "BPCHAR",
            "CHARACTER VARYING",
            "VARYING CHARACTER",
            "NATIVE CHARACTER",
            "TINYTEXT",
            "MEDIUMTEXT",
            "LONGTEXT",
            "NTEXT",
            "CITEXT",
        ],
        candidates: &[PgType::Text],
        meant: true,
    },
    // Of other databases: their meaning is taken for granted here, and that is said.
    Known { declared: &["NUMBER"], candidates: &[DECIMAL, PgType::Text], meant: false },
    Known { declared: &["BIT"], candidates: &[PgType::Boolean, PgType::BigInt], meant: false },
    Known { declared: &["BOOLEAN", "BOOL"], candidates: &[PgType::Boolean], meant: true },
    Known {
        declared: &["DATETIME", "TIMESTAMP", "DATETIME2", "SMALLDATETIME", "TIMESTAMP WITHOUT TIME ZONE"],
        candidates: &[TIMESTAMP],
        meant: true,
    },
    Known {
        declared: &["TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", "DATETIMEOFFSET", "DATETIMETZ"],
        candidates: &[PgType::Timestamptz(6)],
        meant: true,
    },
    Known { declared: &["DATE"], candidates: &[PgType::Date, TIMESTAMP], meant: true },
    Known {
        declared: &["TIME", "TIME WITHOUT TIME ZONE"],
        candidates: &[PgType::Time(6), TIMESTAMP, PgType::Text],
        meant: true,
    },
    // JSON of PostgreSQL keeps the text as it is; JSONB does not keep key order and double keys.
    Known { declared: &["JSON"], candidates: &[PgType::Json], meant: true },
    Known { declared: &["JSONB"], candidates: &[PgType::Jsonb, PgType::Json], meant: true },
    Known { declared: &["UUID", "GUID", "UNIQUEIDENTIFIER"], candidates: &[PgType::Text, PgType::Bytea], meant: true },
    Known {
        declared: &[
            "BLOB",
            "BYTEA",
            "BINARY",
            "VARBINARY",
            "LONGBLOB",
            "MEDIUMBLOB",
            "TINYBLOB",
            "IMAGE",
            "LONGVARBINARY",
            "BINARY VARYING",
            "BYTES",
        ],
        candidates: BYTES,
        meant: true,
    },
    // GeoPackage and SpatiaLite: a geometry in its binary form.
    Known {
        declared: &[
            "GEOMETRY",
            "POINT",
            "LINESTRING",
            "POLYGON",
            "MULTIPOINT",
            "MULTILINESTRING",
            "MULTIPOLYGON",
            "GEOMETRYCOLLECTION",
            "GEOMCOLLECTION",
            "CIRCULARSTRING",
            "COMPOUNDCURVE",
            "CURVEPOLYGON",
            "MULTICURVE",
            "MULTISURFACE",
            "CURVE",
            "SURFACE",
        ],
        candidates: BYTES,
        meant: true,
    },
];

/// Names of no known meaning, by affinity. A declared type of text affinity says text; the others leave it open.
const BY_AFFINITY: &[(Affinity, Known)] = &[
    (Affinity::Integer, open(&[PgType::BigInt, PgType::Double, PgType::Text, PgType::Bytea])),
    (Affinity::Numeric, open(&[PgType::BigInt, PgType::Double, DECIMAL, PgType::Text, PgType::Bytea])),
    (Affinity::Real, open(&[PgType::Double, PgType::Text, PgType::Bytea])),
    (Affinity::Text, open(&[PgType::Text, PgType::Bytea])),
    (Affinity::Blob, open(&[PgType::Text, PgType::BigInt, PgType::Double, PgType::Bytea])),
];

const fn open(candidates: &'static [PgType]) -> Known {
    Known { declared: &[], candidates, meant: false }
}

/// What is known of a declared type, by its words or else by its affinity.
pub(crate) fn known(words: &str, affinity: Affinity) -> &'static Known {
    let meant = KNOWN.iter().find(|known| known.declared.contains(&words));
    let open = || BY_AFFINITY.iter().find(|(of, _)| *of == affinity).map(|(_, known)| known);
    // Every affinity has its row, which a test shows.
    meant.or_else(open).unwrap_or(&BY_AFFINITY[0].1)
}
