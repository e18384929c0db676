//! Signatures of ECDSA over the curve P-256, with the key of a file.
//!
//! ring computes them, which TLS brings anyway. Without the feature `client` there are none.

#[cfg(feature = "client")]
pub(crate) use with_ring::PrivateKey;
#[cfg(not(feature = "client"))]
pub(crate) use without::PrivateKey;

#[cfg(feature = "client")]
mod with_ring {
    use ::ring::rand::SystemRandom;
    use ::ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING as ALGORITHM, EcdsaKeyPair, KeyPair};
    use tokio_rustls::rustls::pki_types::PrivateKeyDer;
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use zeroize::Zeroize;

    /// A private key, with its public one.
    pub(crate) struct PrivateKey(EcdsaKeyPair);

    impl PrivateKey {
        /// The key in PEM text.
        ///
        /// # Errors
        /// The text is not the key of a pair of this curve. The error shows nothing of it.
        pub(crate) fn from_pem(pem: &str) -> Result<Self, String> {
            let mut key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| "the key is not PEM")?;
            let pair = pair(&key);
            key.zeroize();
            pair.map(Self)
        }

        /// The coordinates of the public key, of 32 bytes each.
        pub(crate) fn public(&self) -> (&[u8], &[u8]) {
            // An uncompressed point: a byte that says so, x, y.
            let point = self.0.public_key().as_ref();
            point.get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default()
        }

        /// The signature of a message, as the two numbers of 32 bytes that it consists of.
        pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
            let signature = self.0.sign(&SystemRandom::new(), message);
            Ok(signature.map_err(|_| "no signature could be made")?.as_ref().to_vec())
        }
    }

    fn pair(key: &PrivateKeyDer<'_>) -> Result<EcdsaKeyPair, String> {
        let random = SystemRandom::new();
        let pair = match key {
            PrivateKeyDer::Pkcs8(key) => EcdsaKeyPair::from_pkcs8(&ALGORITHM, key.secret_pkcs8_der(), &random),
            PrivateKeyDer::Sec1(key) => {
                let parts = parts(key.secret_sec1_der());
                let (private, public) = parts.ok_or("the key is not an EC private key with its public key")?;
                EcdsaKeyPair::from_private_key_and_public_key(&ALGORITHM, private, public, &random)
            }
            _ => return Err("the key is not an EC private key".to_owned()),
        };
        pair.map_err(|error| format!("the key is refused: {error}"))
    }

    /// The private and the public part of an `ECPrivateKey` (RFC 5915), of a curve with coordinates of 32 bytes.
    fn parts(der: &[u8]) -> Option<(&[u8], &[u8])> {
        const SEQUENCE: u8 = 0x30;
        const OCTET_STRING: u8 = 0x04;
        const BIT_STRING: u8 = 0x03;
        const PUBLIC_KEY: u8 = 0xa1;
        let (SEQUENCE, mut rest, _) = element(der)? else { return None };
        let (mut private, mut public) = (None, None);
        while let Some((tag, content, after)) = element(rest) {
            match tag {
                OCTET_STRING => private = Some(content),
                PUBLIC_KEY => match element(content)? {
                    // The first byte counts the bits that are not used.
                    (BIT_STRING, [0, point @ ..], _) => public = Some(point),
                    _ => return None,
                },
                _ => {}
            }
            rest = after;
        }
        private.zip(public)
    }

    /// The tag and the content of the first element of DER, and what comes after it. Keys have lengths of one or two bytes.
    fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
        let (tag, length, rest) = match der {
            [tag, length @ 0..=127, rest @ ..] => (*tag, *length, rest),
            [tag, 0x81, length, rest @ ..] => (*tag, *length, rest),
            _ => return None,
        };
        let (content, after) = rest.split_at_checked(usize::from(length))?;
        Some((tag, content, after))
    }
}

#[cfg(not(feature = "client"))]
mod without {
    /// No key: nothing computes signatures.
    pub(crate) enum PrivateKey {}

    impl PrivateKey {
        pub(crate) fn from_pem(_: &str) -> Result<Self, String> {
            Err("signatures need the feature `client`".to_owned())
        }

        pub(crate) fn public(&self) -> (&[u8], &[u8]) {
            match *self {}
        }

        pub(crate) fn sign(&self, _: &[u8]) -> Result<Vec<u8>, String> {
            match *self {}
        }
    }
}
