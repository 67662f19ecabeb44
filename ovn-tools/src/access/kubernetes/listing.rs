//! Listings: the control sockets in a container, without a shell.
//!
//! A listing is complete when its last line is there; how its command ended proves nothing.

use crate::access::control::is_of;
use crate::access::kubernetes::bridge::Bridge;
use crate::command::Daemon;

/// Where daemons have their control sockets in containers; [`Listing::command`] names them in this
/// order.
pub(super) const RUN_DIRECTORIES: [&str; 2] = ["/var/run/ovn/", "/var/run/openvswitch/"];

/// The last line of a listing.
const END: &str = "listing-ends";

/// A control socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ControlSocket {
    /// Its name, such as `ovs-vswitchd.7.ctl`.
    pub(super) name: String,
    /// Its directory, by its place in [`RUN_DIRECTORIES`].
    directory: usize,
    /// When it was made, in milliseconds.
    made: u64,
}

impl ControlSocket {
    /// Where it is.
    pub(super) fn path(&self) -> String {
        let directory = RUN_DIRECTORIES.get(self.directory).unwrap_or(&"");
        format!("{directory}{}", self.name)
    }
}

/// The control sockets of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// The newest first.
    sockets: Vec<ControlSocket>,
}

impl Listing {
    /// The command that lists; `None` for a program that cannot.
    pub(super) fn command(program: Bridge) -> Option<Vec<String>> {
        let (option, source) = match program {
            Bridge::Python => ("-c", include_str!("listing/list.py")),
            Bridge::Perl => ("-e", include_str!("listing/list.pl")),
            Bridge::Socat => return None,
        };
        let words = [program.program(), option, source];
        let words = words.into_iter().chain(RUN_DIRECTORIES);
        Some(words.map(str::to_owned).collect())
    }

    /// The command by which a container that has socat alone gives the content of a file, from
    /// which a daemon's number is read.
    pub(super) fn number_command(daemon: Daemon, directory: &str) -> Vec<String> {
        let file = format!("OPEN:{directory}{}.pid,rdonly", daemon.program());
        ["socat", "-u", &file, "-"].map(str::to_owned).to_vec()
    }

    /// Reads what a listing's command printed; `None` where its end is missing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.strip_suffix('\n')?.lines().collect();
        let (end, lines) = lines.split_last()?;
        if *end != END {
            return None;
        }
        let mut sockets: Vec<ControlSocket> =
            lines.iter().filter_map(|line| socket(line)).collect();
        // One directory that is mounted at two places shows everything twice.
        sockets.sort_by(|a, b| (b.made, &a.name, a.directory).cmp(&(a.made, &b.name, b.directory)));
        sockets.dedup_by(|b, a| a.name == b.name && a.made == b.made);
        Some(Self { sockets })
    }

    /// The listing that the number of one daemon tells; `None` where the text is no number.
    pub(super) fn of_number(daemon: Daemon, directory: &str, text: &str) -> Option<Self> {
        let number: u32 = text.trim().parse().ok()?;
        let place = RUN_DIRECTORIES
            .iter()
            .position(|known| *known == directory)?;
        Some(Self {
            sockets: vec![ControlSocket {
                name: format!("{}.{number}.ctl", daemon.program()),
                directory: place,
                made: 0,
            }],
        })
    }

    /// Takes those of another listing in, before its own.
    pub(super) fn adopt(&mut self, mut newer: Self) {
        self.sockets.retain(|known| !newer.sockets.contains(known));
        newer.sockets.append(&mut self.sockets);
        *self = newer;
    }

    /// All sockets, the newest first.
    pub(super) fn sockets(&self) -> &[ControlSocket] {
        &self.sockets
    }

    /// The newest socket of a daemon: one that died without cleaning up leaves its own behind.
    pub(super) fn of(&self, daemon: Daemon) -> Option<&ControlSocket> {
        let mut sockets = self.sockets.iter();
        sockets.find(|socket| is_of(daemon, &socket.name))
    }
}

fn socket(line: &str) -> Option<ControlSocket> {
    let mut words = line.splitn(3, ' ');
    let directory: usize = words.next()?.parse().ok()?;
    let made = words.next()?.parse().ok()?;
    let name = words.next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (directory < RUN_DIRECTORIES.len() && name.bytes().all(plain)).then(|| ControlSocket {
        name: name.to_owned(),
        directory,
        made,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_newest_socket_of_a_daemon_is_the_one_that_is_asked() {
        let listing = Listing::parse(
            "0 5 ovn-northd.ctl\n1 1 ovs-vswitchd.99.ctl\n1 2 ovs-vswitchd.7.ctl\n\
             1 9 ovs-vswitchd.x.ctl\n0 3 ovn-controller.12.ctl\n1 3 ovn-controller.12.ctl\n\
             0 3 a b.ctl\n7 3 far.ctl\nlisting-ends\n",
        )
        .expect("a listing");
        let path = |daemon| listing.of(daemon).map(ControlSocket::path);
        assert_eq!(
            path(Daemon::Vswitchd).as_deref(),
            Some("/var/run/openvswitch/ovs-vswitchd.7.ctl")
        );
        assert_eq!(
            path(Daemon::Northd).as_deref(),
            Some("/var/run/ovn/ovn-northd.ctl")
        );
        assert_eq!(
            path(Daemon::Controller).as_deref(),
            Some("/var/run/ovn/ovn-controller.12.ctl")
        );
        assert_eq!(listing.sockets().len(), 5, "each once: {listing:?}");
    }

    proptest! {
        #[test]
        fn a_listing_that_is_cut_is_none(cut in 0_usize..60) {
            let whole = "0 5 ovn-northd.ctl\n1 2 ovs-vswitchd.7.ctl\nlisting-ends\n";
            let part = &whole[..cut.min(whole.len() - 1)];
            prop_assert_eq!(Listing::parse(part), None);
        }

        #[test]
        fn any_text_is_a_listing_or_none(text: String) {
            Listing::parse(&text);
        }

        #[test]
        fn a_name_in_a_listing_is_the_end_of_a_plain_path(name: String) {
            let text = format!("0 1 {name}\nlisting-ends\n");
            for socket in Listing::parse(&text).unwrap_or_default().sockets() {
                prop_assert!(Bridge::Python.command(&socket.path()).is_ok() || name.len() > 80);
            }
        }
    }
}
