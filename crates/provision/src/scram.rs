//! SCRAM-SHA-256 verifiers.
//!
//! `create role … password '…'` would leave the password in the server's log where statements are logged; PostgreSQL
//! takes the verifier that it would compute from it just as well (documentation of `CREATE ROLE`).

use autobot_db::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// PostgreSQL's own number of iterations (`SCRAM_SHA_256_DEFAULT_ITERATIONS`).
const ITERATIONS: u32 = 4096;
/// PostgreSQL's own length of the salt (`SCRAM_DEFAULT_SALT_LEN`).
const SALT_BYTES: usize = 16;

/// The verifier of a password with a fresh salt: `SCRAM-SHA-256$4096:salt$StoredKey:ServerKey`.
///
/// None for a password with characters that `SASLprep` prohibits, since clients disagree on those.
pub(crate) fn verifier(password: &Secret) -> Option<String> {
    verifier_with(password, rand::random::<[u8; SALT_BYTES]>())
}

/// RFC 5802, section 3.
fn verifier_with(password: &Secret, salt: [u8; SALT_BYTES]) -> Option<String> {
    let prepared = stringprep::saslprep(password.expose()).ok()?;
    let salted = salted_password(prepared.as_bytes(), &salt);
    let client_key = hmac(&salted, b"Client Key");
    let stored_key = Sha256::digest(client_key);
    let server_key = hmac(&salted, b"Server Key");
    let encode = |bytes: &[u8]| STANDARD.encode(bytes);
    Some(format!("SCRAM-SHA-256${ITERATIONS}:{}${}:{}", encode(&salt), encode(&stored_key), encode(&server_key)))
}

/// `Hi` of RFC 5802: PBKDF2 with one block.
fn salted_password(password: &[u8], salt: &[u8]) -> [u8; 32] {
    let mut block = hmac(password, &[salt, &1_u32.to_be_bytes()].concat());
    let mut result = block;
    for _ in 1..ITERATIONS {
        block = hmac(password, &block);
        for (left, right) in result.iter_mut().zip(block) {
            *left ^= right;
        }
    }
    result
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7677, section 3: password `pencil`, its salt, 4096 iterations; the keys follow from its messages.
    #[test]
    fn the_example_of_the_standard() {
        let salt: [u8; SALT_BYTES] = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap().try_into().unwrap();
        assert_eq!(
            verifier_with(&Secret::new("pencil"), salt).unwrap(),
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:\
             wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        );
    }

    #[test]
    fn each_verifier_has_its_own_salt() {
        let password = Secret::new("pencil");
        assert_ne!(verifier(&password), verifier(&password));
        assert_eq!(verifier(&Secret::new("bell\u{7}")), None);
    }
}
