//! Stages of reading, in words for whoever waits.

use ovn_tools::access::bundle::Stage;

const MEBIBYTE: u64 = 1 << 20;

/// What is being done; `None` where nothing is any more. Names of files stand in it as they are.
pub(crate) fn words(stage: Stage<'_>) -> Option<String> {
    match stage {
        Stage::Looking {
            files,
            databases,
            unpacked,
        } => {
            let mut words = format!("looking for databases: {databases} found in {files} files");
            if unpacked >= MEBIBYTE {
                words.push_str(&format!(", {} MiB unpacked", unpacked / MEBIBYTE));
            }
            Some(words)
        }
        Stage::Reading { done, of, place } => {
            Some(format!("reading databases: {done} of {of}, {place}"))
        }
        _ => None,
    }
}
