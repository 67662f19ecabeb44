//! One shot: a database read by the stock client in its container, once for each question.

use std::sync::Arc;

use tokio::io::AsyncReadExt;

use crate::access::connected::{database_read, interest};
use crate::access::in_words;
use crate::access::kubernetes::bridge::{Collapse, PathError};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::opening::explain;
use crate::access::kubernetes::session::Session;
use crate::access::kubernetes::stock_client::{
    AnswerError, PROGRAM, Query, collapse, schema, schema_command,
};
use crate::snapshot::{DatabaseRead, Needs};

/// The most bytes that are read of an answer.
/// **Default and why**: 256 MiB; the largest databases seen are some 100 MB of JSON, and all of an
/// answer is held while it is read.
const MAX_ANSWER: u64 = 256 * 1024 * 1024;

impl Session {
    /// Reads a database whose container has nothing that bridges: the needed rows as they are at
    /// one moment.
    pub(super) async fn read_once(
        &self,
        place: &Arc<Place>,
        path: &str,
        source: &str,
        address: &str,
        needs: &Needs,
    ) -> Result<DatabaseRead, KubernetesError> {
        let database = place.database;
        let wrong = |why: String| KubernetesError::Run {
            program: PROGRAM.to_owned(),
            why,
        };
        let refused = |error: PathError| KubernetesError::Bridge(error.to_string());
        let asked = schema_command(path, database).map_err(refused)?;
        let printed = self.print(place, path, asked).await?;
        let schema = schema(&printed, database).map_err(|error| wrong(in_words(&error)))?;
        let mut query = Query::new(Arc::clone(&schema), database, &interest(needs, database));
        if !query.is_short()
            && let Some(all) = needs.with_all_rows()
        {
            query = Query::new(Arc::clone(&schema), database, &interest(&all, database));
        }
        let asked = query.command(path).map_err(refused)?;
        let printed = self.print(place, path, asked).await?;
        let rows = match (query.rows(&printed), needs.with_all_rows()) {
            // A server that refuses the conditions, such as one whose columns are of other types,
            // is asked for all rows.
            (Err(AnswerError::Refused { table, said }), Some(all)) => {
                tracing::debug!(%table, %said, address, "asks for all rows");
                let query = Query::new(schema, database, &interest(&all, database));
                let asked = query.command(path).map_err(refused)?;
                let printed = self.print(place, path, asked).await?;
                query.rows(&printed)
            }
            (rows, _) => rows,
        };
        let rows = rows.map_err(|error| wrong(in_words(&error)))?;
        Ok(database_read(database, rows, source, address))
    }

    /// All that the program prints, when it ended well.
    async fn print(
        &self,
        place: &Place,
        path: &str,
        command: Vec<String>,
    ) -> Result<String, KubernetesError> {
        let mut stream = self.open(place.container(), command).await?;
        let mut bytes = Vec::new();
        let reading = (&mut stream).take(MAX_ANSWER).read_to_end(&mut bytes).await;
        let (ending, complaints) = stream.ending();
        if let Err(error) = reading {
            let collapse = match ending {
                Some(_) => collapse(ending.as_ref(), &complaints),
                None => return Err(KubernetesError::Cut(error.to_string())),
            };
            return Err(match collapse {
                Collapse::Other(why) => KubernetesError::Run {
                    program: PROGRAM.to_owned(),
                    why,
                },
                collapse => explain(collapse, place, path),
            });
        }
        String::from_utf8(bytes).map_err(|_| KubernetesError::Run {
            program: PROGRAM.to_owned(),
            why: "what it printed is not UTF-8".to_owned(),
        })
    }
}
