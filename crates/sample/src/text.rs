//! What people and bots type, in the Spanish of an Argentinian shop.

use crate::random::Random;

/// Words of a message.
const WORDS: &str = "hola buenas tardes quería consultar el precio del envío a Córdoba mañana gracias señor turno \
    próximo martes después confirmó reunión está sí también pedido número dirección teléfono factura pagué \
    transferencia comprobante recordatorio catálogo artículo añadir niño año acción rápido último stock talle color \
    negro azul promoción descuento cuotas tarjeta efectivo local horario abierto cerrado sábado domingo lunes perfecto \
    genial dale listo";

const EMOJI: &[&str] = &["😀", "😂", "👍", "🙏", "❤️", "🎉", "🚀", "🇦🇷", "👨‍👩‍👧", "✅", "📦", "💬"];

/// Names of people; the last ones hold an apostrophe, a diaeresis, and an `é` of two characters (not NFC).
const NAMES: &[&str] = &[
    "María",
    "José",
    "Lucía",
    "Martín",
    "Sofía",
    "Agustín",
    "Ñandú",
    "Andrés",
    "Inés",
    "Joaquín",
    "Zoë",
    "Björn",
    "O'Higgins",
    "Jose\u{301}",
];

/// Different texts; messages repeat them, since chats do and since a million need not be composed.
const TEXTS: u64 = 20_000;

/// Words of a message on average, so that a message is about 120 bytes.
const WORDS_MEAN: u64 = 15;

/// Words of the longest message.
const WORDS_MAX: u64 = 60;

/// First and last name.
pub(crate) fn person(random: &mut Random) -> String {
    format!("{} {}", random.pick(NAMES), random.pick(NAMES))
}

/// The texts that `messages` messages draw from.
pub(crate) fn texts(random: &mut Random, messages: u64) -> Vec<String> {
    let words: Vec<&str> = WORDS.split(' ').collect();
    (0..messages.min(TEXTS)).map(|i| text(random, &words, i)).collect()
}

/// A contract pasted into a chat: about 18 KB of everything that `COPY` has to escape.
pub(crate) fn contract(index: u64) -> String {
    let mut text = "Contrato ñandú 🚀 \\ \"x\"\t\n".repeat(700);
    text.push_str(&index.to_string());
    text
}

fn text(random: &mut Random, words: &[&str], index: u64) -> String {
    let mut count = 1;
    while count < WORDS_MAX && !random.chance(1, WORDS_MEAN + 1) {
        count += 1;
    }
    let said = (0..count).map(|_| *random.pick(words)).collect::<Vec<_>>().join(" ");
    // The first texts go through every form, so that the smallest sample has them all.
    let form = if index < 24 { FORMS_FIRST[usize::try_from(index).unwrap_or(0)] } else { random.below(1000) };
    match form {
        0..200 => format!("{said} {}", random.pick(EMOJI)),
        200..320 => format!("{}\n- ítem 1\n- ítem 2", said.replacen(' ', "\n", 1)),
        320..370 => format!("dijo \"{said}\", ok? it's"),
        370..400 => format!("C:\\Users\\bot\\{said}\\N \\n \\t \\"),
        400..430 => format!("col1\tcol2\t{said}\r\nfin"),
        430..450 => serde_json::json!({ "text": said, "qty": index, "ok": true }).to_string(),
        450..452 => String::new(),
        452..454 => "NULL".to_owned(),
        454..456 => format!("  {said}  "),
        456..458 => random.below(1_000_000_000).to_string(),
        458..460 => "\\N".to_owned(),
        _ => said,
    }
}

/// One number of each form of [`text`], between plain ones.
const FORMS_FIRST: [u64; 24] = [
    0, 999, 200, 999, 320, 370, 999, 400, 430, 999, 450, 452, 999, 454, 456, 999, 458, 999, 1, 201, 999, 999, 371, 401,
];
