//! The commands: what they take, and where each of them is done.

mod audit;
mod brand;
mod cases;
mod catalogue;
mod detect;
mod estimate;
mod feedback;
mod import;
mod inbox;
mod link;
mod named;
mod normalise;
mod recommendations;
mod refresh;
mod rekey;
mod replay;
mod say;
mod serve;
pub mod settings;
#[cfg(test)]
mod testing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The order-tracking page a merchant hosts on its own domain.
#[derive(Debug, Parser)]
#[command(name = "doorstep", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal and run its jobs
    Serve {
        /// Answer requests only; other processes run the jobs (PostgreSQL)
        #[arg(long, conflicts_with = "jobs_only")]
        no_jobs: bool,
        /// Run the jobs only (PostgreSQL)
        #[arg(long)]
        jobs_only: bool,
    },
    /// Serve a store filled with two brands and about forty orders
    Demo {
        /// Print the orders as JSON lines and end
        #[arg(long)]
        samples: bool,
    },
    /// Bring the store to this version's schema
    Migrate,
    /// Read orders, shipments and trackings from files into the store; what it holds already is not added again
    Import(import::Import),
    /// Print as JSON what a payload means, without a store
    Normalise(normalise::Normalise),
    /// Print the carriers a tracking number may be of, best first, as JSON lines
    Detect(detect::Detect),
    /// Read the deliveries in the inbox again, by this version's rules
    Replay(replay::Replay),
    /// Ask a parcel's carrier for it now
    Refresh(refresh::Asked),
    /// Fold every shipment's events again, by this version's rules, and learn again how long parcels take
    Rebuild,
    /// List and show the deliveries in the inbox
    #[command(subcommand)]
    Inbox(inbox::Inbox),
    /// Check and publish brand folders
    #[command(subcommand)]
    Brand(brand::BrandCommand),
    /// Print a link that opens an order, for a message to its buyer
    Link(link::Link),
    /// Read what a shop sells, for what is shown beside an order
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    /// List what shoppers turned to the shop with, and say what is answered
    #[command(subcommand)]
    Cases(cases::Cases),
    /// Say what recommendations brought, and how often they are right
    #[command(subcommand)]
    Recommendations(recommendations::Recommendations),
    /// Say what shoppers think of their deliveries
    #[command(subcommand)]
    Feedback(feedback::Feedback),
    /// Score the estimates: those that were told, or on past orders
    #[command(subcommand)]
    Estimate(estimate::Estimate),
    /// Say what would have been told of a shop's past orders, and when; without a store
    Audit(audit::Audit),
    /// Seal everything that is sealed anew, under the first key of DOORSTEP_SECRET_KEYS
    Rekey,
}

/// What went wrong, for a person: what, where, what to do.
pub type Problem = String;

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Serve { no_jobs, jobs_only } => on_threads(serve::serve(no_jobs, jobs_only)),
        Command::Demo { samples: true } => samples(),
        Command::Demo { samples: false } => on_threads(serve::demo()),
        Command::Migrate => on_threads(serve::migrate()),
        Command::Import(asked) => on_threads(import::run(asked)),
        Command::Normalise(asked) => normalise::run(&asked),
        Command::Detect(asked) => detect::run(&asked),
        Command::Replay(asked) => on_threads(replay::replay(asked)),
        Command::Refresh(asked) => on_threads(refresh::run(asked)),
        Command::Rebuild => on_threads(replay::rebuild()),
        Command::Inbox(asked) => on_threads(inbox::run(asked)),
        Command::Brand(asked) => on_threads(brand::run(asked)),
        Command::Link(asked) => on_threads(link::run(asked)),
        Command::Catalogue(asked) => on_threads(catalogue::run(asked)),
        Command::Cases(asked) => on_threads(cases::run(asked)),
        Command::Recommendations(asked) => on_threads(recommendations::run(asked)),
        Command::Feedback(asked) => on_threads(feedback::run(asked)),
        Command::Estimate(asked) => on_threads(estimate::run(&asked)),
        Command::Audit(asked) => audit::run(&asked),
        Command::Rekey => on_threads(rekey::run()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("doorstep: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn on_threads<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start threads: {error}"))?
        .block_on(work)
}

fn samples() -> Result<(), Problem> {
    crate::demo::samples().iter().try_for_each(say::line)
}
