//! Parsing of filters: the part of pcap-filter(7) that has no names to resolve and no bytes to
//! count.

use core::net::IpAddr;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::address::{Mac, Network};
use crate::capture::filter::Filter;
use crate::capture::term::{Flag, MAX_NETWORK, MAX_VLAN, Protocol, Side, Term};

/// How long a filter may be, in bytes.
/// **Default and why**: 2 000; some sixty addresses, more than anybody tells apart at once.
const MAX_BYTES: usize = 2_000;
/// How deep parentheses may stand in each other.
/// **Default and why**: 16; nobody reads deeper ones.
const MAX_DEPTH: usize = 16;

/// What a filter may say, for whoever has written something else.
const GRAMMAR: &str = "write [src|dst] host ADDRESS, [src|dst] net CIDR, [tcp|udp|sctp] [src|dst] \
     port N, portrange N-M, ether host MAC, ether proto N, proto N, vlan N, geneve N, ip, ip6, arp, \
     tcp, udp, sctp, icmp, icmp6, igmp, tcp-syn, tcp-fin, tcp-rst, broadcast or multicast, with \
     and, or, not and parentheses between";

/// A text is no filter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what}")]
pub struct ParseFilterError {
    /// What is wrong, and where.
    what: String,
    /// What to write instead.
    hint: String,
}

impl ParseFilterError {
    fn new(what: impl Into<String>) -> Self {
        Self::with(what, GRAMMAR)
    }

    fn with(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// What to write instead.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

impl FromStr for Filter {
    type Err = ParseFilterError;

    fn from_str(text: &str) -> Result<Self, ParseFilterError> {
        if text.len() > MAX_BYTES {
            let what = format!("it is {} bytes long, more than {MAX_BYTES}", text.len());
            return Err(ParseFilterError::new(what));
        }
        let words = words(text);
        let mut parser = Parser {
            words: &words,
            at: 0,
        };
        let filter = parser.all(0)?;
        match parser.peek() {
            None => Ok(filter),
            Some(")") => Err(ParseFilterError::new("a `)` closes nothing")),
            Some(word) => Err(ParseFilterError::new(format!(
                "`and` or `or` is missing before {word:?}"
            ))),
        }
    }
}

/// The words of a filter; parentheses and signs are words of their own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        let mut rest = chunk;
        while let Some(at) = rest.find(['(', ')', '!', '&', '|']) {
            let (before, sign) = rest.split_at(at);
            if !before.is_empty() {
                words.push(before);
            }
            let double = ["&&", "||"].iter().any(|double| sign.starts_with(double));
            let (sign, after) = sign.split_at(if double { 2 } else { 1 });
            words.push(sign);
            rest = after;
        }
        if !rest.is_empty() {
            words.push(rest);
        }
    }
    words
}

/// How two parts are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

struct Parser<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).copied()
    }

    /// Takes the next word if it is one of these.
    fn takes(&mut self, words: &[&str]) -> bool {
        let is_next = self.peek().is_some_and(|next| words.contains(&next));
        if is_next {
            self.at += 1;
        }
        is_next
    }

    /// The next word, which must be there.
    fn word(&mut self, wanted: &str) -> Result<&'a str, ParseFilterError> {
        let word = self.peek().ok_or_else(|| {
            let after = self.at.checked_sub(1).and_then(|at| self.words.get(at));
            ParseFilterError::new(match after {
                Some(after) => format!("{wanted} is missing after {after:?}"),
                None => format!("{wanted} is missing"),
            })
        })?;
        self.at += 1;
        Ok(word)
    }

    fn joint(&self) -> Option<Joint> {
        match self.peek()? {
            "and" | "&&" => Some(Joint::And),
            "or" | "||" => Some(Joint::Or),
            _ => None,
        }
    }

    /// Parts that are joined in one and the same way.
    fn all(&mut self, depth: usize) -> Result<Filter, ParseFilterError> {
        let first = self.part(depth)?;
        let Some(joint) = self.joint() else {
            return Ok(first);
        };
        let mut parts = vec![first];
        while let Some(next) = self.joint() {
            if next != joint {
                // For the program both bind alike, for people they do not.
                return Err(ParseFilterError::with(
                    "`and` and `or` stand side by side, which can be read in two ways",
                    "put parentheses around what belongs together",
                ));
            }
            self.at += 1;
            parts.push(self.part(depth)?);
        }
        Ok(match joint {
            Joint::And => Filter::And(parts),
            Joint::Or => Filter::Or(parts),
        })
    }

    fn part(&mut self, depth: usize) -> Result<Filter, ParseFilterError> {
        if depth >= MAX_DEPTH {
            let what = format!("parentheses and `not` stand more than {MAX_DEPTH} deep");
            return Err(ParseFilterError::new(what));
        }
        if self.takes(&["not", "!"]) {
            return Ok(Filter::Not(Box::new(self.part(depth + 1)?)));
        }
        if self.takes(&["("]) {
            let inner = self.all(depth + 1)?;
            let closing = self.word("`)`")?;
            return if closing == ")" {
                Ok(inner)
            } else {
                let what = format!("`)`, `and` or `or` is missing before {closing:?}");
                Err(ParseFilterError::new(what))
            };
        }
        self.term().map(Filter::Term)
    }

    fn term(&mut self) -> Result<Term, ParseFilterError> {
        let word = self.word("what to capture")?;
        let flag = Flag::ALL.into_iter().find(|flag| flag.word() == word);
        if let Some(flag) = flag {
            return Ok(Term::Flag(flag));
        }
        let protocol = Protocol::ALL
            .into_iter()
            .find(|protocol| protocol.word() == word);
        if let Some(protocol) = protocol {
            return self.protocol(protocol);
        }
        match word {
            "src" => self.sided(Side::Source),
            "dst" => self.sided(Side::Destination),
            "host" | "net" | "port" | "portrange" => self.named(word, Side::Any),
            "ether" => self.ether(),
            "proto" => Ok(Term::IpProtocol(
                self.number("a protocol's number", u8::MAX)?,
            )),
            "vlan" => Ok(Term::Vlan(self.optional("a VLAN", MAX_VLAN)?)),
            "geneve" => Ok(Term::Geneve(self.optional("a network", MAX_NETWORK)?)),
            "broadcast" => Ok(Term::Broadcast),
            "multicast" => Ok(Term::Multicast),
            word => address(word, Side::Any).ok_or_else(|| unknown(word)),
        }
    }

    /// A protocol, or ports of it.
    fn protocol(&mut self, protocol: Protocol) -> Result<Term, ParseFilterError> {
        let side = match self.peek() {
            Some("src") => Side::Source,
            Some("dst") => Side::Destination,
            _ => Side::Any,
        };
        let ahead = self.at + usize::from(side != Side::Any);
        let of_ports = self
            .words
            .get(ahead)
            .filter(|word| ["port", "portrange"].contains(word));
        let Some(word) = of_ports else {
            return Ok(Term::Protocol(protocol));
        };
        if !protocol.has_ports() {
            let what = format!("{} has no ports", protocol.word());
            return Err(ParseFilterError::new(what));
        }
        self.at = ahead + 1;
        let (first, last) = self.ports(word)?;
        Ok(Term::Ports(Some(protocol), side, first, last))
    }

    fn sided(&mut self, side: Side) -> Result<Term, ParseFilterError> {
        let word = self.word("host, net, port or an address")?;
        match word {
            "host" | "net" | "port" | "portrange" => self.named(word, side),
            word => address(word, side).ok_or_else(|| unknown(word)),
        }
    }

    fn named(&mut self, word: &str, side: Side) -> Result<Term, ParseFilterError> {
        match word {
            "host" => {
                let text = self.word("an address")?;
                let address: Result<IpAddr, _> = text.parse();
                address
                    .map(|address| Term::Host(side, address))
                    .map_err(|_| {
                        let what = format!("{text:?} is no IP address");
                        ParseFilterError::with(what, "names are not resolved: write the address")
                    })
            }
            "net" => {
                let text = self.word("a network")?;
                let network = Network::parse(text).map(|network| network.canonical());
                network
                    .map(|network| Term::Net(side, network))
                    .ok_or_else(|| {
                        let what = format!("{text:?} is no network");
                        ParseFilterError::with(what, "write one as 10.244.0.0/16 or fd00::/64")
                    })
            }
            word => {
                let (first, last) = self.ports(word)?;
                Ok(Term::Ports(None, side, first, last))
            }
        }
    }

    fn ports(&mut self, word: &str) -> Result<(u16, u16), ParseFilterError> {
        if word == "port" {
            let port = self.number("a port's number", u16::MAX)?;
            return Ok((port, port));
        }
        let text = self.word("a range of ports")?;
        let ends = text.split_once('-');
        let ends = ends.and_then(|(first, last)| Some((decimal(first)?, decimal(last)?)));
        match ends {
            Some((first, last)) if first <= last => Ok((first, last)),
            _ => Err(ParseFilterError::with(
                format!("{text:?} is no range of ports"),
                "write one as 30000-32767",
            )),
        }
    }

    fn ether(&mut self) -> Result<Term, ParseFilterError> {
        let side = match self.word("host, src, dst or proto")? {
            "host" => Side::Any,
            "src" => Side::Source,
            "dst" => Side::Destination,
            "proto" => return Ok(Term::EtherType(self.number("an EtherType", u16::MAX)?)),
            word => return Err(unknown(word)),
        };
        let text = self.word("a MAC address")?;
        Mac::parse(text)
            .map(|mac| Term::Mac(side, mac))
            .ok_or_else(|| {
                let what = format!("{text:?} is no MAC address");
                ParseFilterError::with(what, "write one as 0a:58:0a:f4:00:05")
            })
    }

    /// A number if one stands next.
    fn optional<N>(&mut self, what: &str, most: N) -> Result<Option<N>, ParseFilterError>
    where
        N: Copy + FromStr + PartialOrd + fmt::Display + TryFrom<u32>,
    {
        let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
        match self.peek() {
            Some(word) if is_number(word) => self.number(what, most).map(Some),
            _ => Ok(None),
        }
    }

    fn number<N>(&mut self, what: &str, most: N) -> Result<N, ParseFilterError>
    where
        N: Copy + FromStr + PartialOrd + fmt::Display + TryFrom<u32>,
    {
        let text = self.word(what)?;
        let number = match text.strip_prefix("0x") {
            Some(digits) => hexadecimal(digits).and_then(|number| N::try_from(number).ok()),
            None => decimal(text),
        };
        number.filter(|number| *number <= most).ok_or_else(|| {
            ParseFilterError::with(
                format!("{text:?} is not {what}"),
                format!("write a number from 0 to {most}"),
            )
        })
    }
}

/// A number in decimal digits alone.
fn decimal<N: FromStr>(text: &str) -> Option<N> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

/// An address or network that stands without a word before it.
fn address(word: &str, side: Side) -> Option<Term> {
    if let Ok(address) = word.parse() {
        return Some(Term::Host(side, address));
    }
    let network = Network::parse(word).filter(|_| word.contains('/'))?;
    Some(Term::Net(side, network.canonical()))
}

fn unknown(word: &str) -> ParseFilterError {
    ParseFilterError::new(format!("{word:?} is nothing that a filter can say"))
}
