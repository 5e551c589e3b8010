//! How many sockets and uploads there may be, in all and for one client.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The open sockets, or the uploads.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

/// The place of one socket or upload; given back when dropped.
#[derive(Debug)]
pub(crate) struct Admission {
    places: Arc<Places>,
    client: Option<IpAddr>,
}

impl Places {
    /// Takes a place, if there is one; `limit` holds for all clients, `own` for this one.
    pub(super) fn take(
        self: &Arc<Self>,
        client: Option<IpAddr>,
        limit: usize,
        own: usize,
    ) -> Option<Admission> {
        let client = client.and_then(counted);
        let mut taken = self.lock();
        let of_client = client.and_then(|client| taken.by_client.get(&client));
        if taken.all >= limit || of_client.is_some_and(|count| *count >= own) {
            return None;
        }
        taken.all += 1;
        if let Some(client) = client {
            *taken.by_client.entry(client).or_default() += 1;
        }
        drop(taken);
        let places = Arc::clone(self);
        Some(Admission { places, client })
    }

    /// How many are taken.
    pub(super) fn len(&self) -> usize {
        self.lock().all
    }

    /// Whether none is taken.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.all = taken.all.saturating_sub(1);
        let Some(client) = self.client else { return };
        if let Some(count) = taken.by_client.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                taken.by_client.remove(&client);
            }
        }
    }
}

/// What stands for a client; none for addresses that many clients share behind a proxy.
fn counted(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        IpAddr::V4(v4) if v4.is_loopback() || v4.is_private() || v4.is_link_local() => None,
        IpAddr::V6(v6) if v6.is_loopback() || v6.is_unique_local() => None,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Some(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
        }
        v4 @ IpAddr::V4(_) => Some(v4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_all_and_by_client() {
        let places = Arc::<Places>::default();
        let take = |ip: &str| places.take(ip.parse().ok(), 5, 2);
        let one = take("192.0.2.1");
        let two = take("192.0.2.1");
        assert!(one.is_some() && two.is_some());
        assert!(take("192.0.2.1").is_none());
        assert!(take("::ffff:192.0.2.1").is_none());
        drop(one);
        let again = take("192.0.2.1");
        assert!(again.is_some());
        let v6 = [take("2001:db8::1"), take("2001:db8::2")];
        assert!(v6.iter().all(Option::is_some));
        assert!(take("2001:db8::3").is_none());
        let local = take("127.0.0.1");
        assert!(local.is_some(), "a proxy that nobody named");
        assert!(take("127.0.0.1").is_none(), "the limit of all");
        drop((two, again, v6, local));
        assert!(places.is_empty());
        assert!(places.lock().by_client.is_empty());
    }
}
