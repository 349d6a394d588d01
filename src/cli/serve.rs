//! `faqc serve`: the web site while it is being written. It is made anew when a file is saved, and browsers that show it follow.

mod http;
mod preview;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::Outcome;
use super::console::Console;
use super::failure::{Failure, reason};
use super::report::Reporting;
use super::saves::Saves;
use crate::diag::{Arg, Code, Diagnostic};
use preview::{Maker, Preview};

/// Show the web site in a browser, and follow what is saved (保存に合わせてサイトを表示する)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Serve {
    #[command(flatten)]
    reporting: Reporting,

    /// Where to listen; only this computer unless given (待ち受けるアドレス)
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,

    /// The number to listen at; 0 takes a free one (ポート番号)
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
}

const AFTER_HELP: &str = "\
The address is printed to standard output. Nothing is written: the pages are made in memory as they
are asked for. When a file is saved, pages in browsers change; mistakes are shown there, with their
place, and the last sound version stays until they are mended. Ctrl-C ends it.

Only this computer can see the pages. With --host 0.0.0.0 all computers that can reach this one can.

Examples:
  faqc serve                           the knowledge base in this folder
  faqc serve kb --port 0               at a free port, which is printed";

pub fn run(args: &Serve, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let (loaded, saves) = Saves::begin(&args.reporting.knowledge_base)?;
    let preview = Arc::new(Preview::default());
    let mut maker = Maker::new(preview.clone(), levels, console);
    maker.make(loaded, |_| true);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| refused(args, &error))?;
    runtime.block_on(async {
        let listener = listen(args).await.map_err(|error| refused(args, &error))?;
        let address = listener.local_addr().map_err(|error| refused(args, &error))?;
        std::thread::spawn(move || maker.follow(saves));
        announce(args, address, console)?;
        tokio::select! {
            () = http::serve(listener, preview, args.host.clone()) => {}
            () = asked_to_end() => {}
        }
        Ok(Outcome::Fine)
    })
}

/// The first address of the host that can be listened at.
async fn listen(args: &Serve) -> io::Result<TcpListener> {
    let addresses: Vec<SocketAddr> = (args.host.as_str(), args.port).to_socket_addrs()?.collect();
    TcpListener::bind(addresses.as_slice()).await
}

fn announce(args: &Serve, address: SocketAddr, console: Console) -> Result<(), Failure> {
    let everywhere = address.ip().is_unspecified();
    let shown = if everywhere { SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port()) } else { address };
    let name = if args.host.parse::<IpAddr>().is_ok() {
        shown.to_string()
    } else {
        format!("{}:{}", args.host, address.port())
    };
    let url = format!("http://{name}/");
    console.print(&format!("{url}\n"))?;
    console.say("serving", &[("address", Arg::Text(url))]);
    if !address.ip().is_loopback() {
        console.say("serving-wide", &[]);
    }
    Ok(())
}

fn refused(args: &Serve, error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => "port",
        _ => "host",
    };
    let address = format!("{}:{}", args.host, args.port);
    let refused = Diagnostic::general(Code::CannotListen).text("address", address).arg("reason", reason(error));
    refused.help(help).into()
}

/// Ctrl-C, or the system's request to end.
#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
